namespace Petrel.Api.Resources;

/// <summary>What can be done with a resource or subresource, as discovery lists it.</summary>
[Flags]
public enum Verbs
{
    None = 0,
    Create = 1,
    Delete = 2,
    DeleteCollection = 4,
    Get = 8,
    List = 16,
    Patch = 32,
    Update = 64,
    Watch = 128,

    /// <summary>Everything that a stored resource offers.</summary>
    All = Create | Delete | DeleteCollection | Get | List | Patch | Update | Watch,

    /// <summary>What a status or scale subresource offers.</summary>
    GetPatchUpdate = Get | Patch | Update,
}
