namespace Petrel.Api.Schema;

/// <summary>How the values of a field are collected.</summary>
public enum Collection
{
    None,
    List,
    /// <summary>A map from string.</summary>
    Map,
    /// <summary>A map from string to lists (authentication "extra").</summary>
    MapOfLists,
}
