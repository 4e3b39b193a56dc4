// Two rounds' maps move and zoom together, whichever of them is moved.
const maps = [];

document.addEventListener("leaflet", ({ target, detail: map }) => {
  if (!target.closest("[data-linked-map]")) return;
  maps.push(map);
  // Leaflet moves a map by hand, by keys, by its buttons and by the list: all of it ends here.
  map.on("move", () => follow(map));
});

let isFollowing = false;

function follow(moved) {
  if (isFollowing) return;
  isFollowing = true;
  for (const other of maps) {
    if (other !== moved) other.setView(moved.getCenter(), moved.getZoom(), { animate: false });
  }
  isFollowing = false;
}

// A letter leads to its place in the list, which may be folded.
document.addEventListener("click", ({ target }) => {
  const link = target.closest(".map-number--spot");
  const folded = link && document.querySelector(`${link.hash} details`);
  if (folded) folded.open = true;
});
