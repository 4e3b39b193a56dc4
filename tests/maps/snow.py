"""Deaths of cholera in Soho 1854 and the pump in Broad Street, as libpysal ships them."""

import warnings

import numpy as np

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the libraries say of themselves on import
    import geopandas
    from libpysal.examples import get_path

BROAD_STREET = 8  # the ninth of the thirteen pumps


def deaths():
    """Longitude and latitude of each death, as many times as there were at an address."""
    people = _read("SohoPeople.shp")
    number = people["Count"].to_numpy(int)
    return np.repeat(people.geometry.x, number), np.repeat(people.geometry.y, number)


def broad_street_pump():
    """Longitude and latitude of the pump whose handle was taken away."""
    pump = _read("SohoWater.shp").geometry.iloc[BROAD_STREET]
    return pump.x, pump.y


def _read(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return geopandas.read_file(get_path(name)).to_crs(4326)
