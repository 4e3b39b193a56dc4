// Runs beside the page, so that nobody notices the work.
import "altcha/workers/pbkdf2";
