// Fetched only when a resident asks for the map.
import L from "leaflet";

export { L };
