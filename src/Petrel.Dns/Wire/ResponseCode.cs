namespace Petrel.Dns.Wire;

/// <summary>Response codes (RFC 1035 section 4.1.1; those above 15 need EDNS, RFC 6891 section 6.1.3).</summary>
public enum ResponseCode : ushort
{
    /// <summary>The answer is complete; with an empty answer section the name exists without this type (NODATA).</summary>
    NoError = 0,

    /// <summary>The request could not be read.</summary>
    FormatError = 1,

    /// <summary>This server or its upstream failed; asking again may help.</summary>
    ServerFailure = 2,

    /// <summary>The name does not exist (NXDOMAIN).</summary>
    NameError = 3,

    /// <summary>The kind of request is not served.</summary>
    NotImplemented = 4,

    /// <summary>The server declines for reasons of policy or load.</summary>
    Refused = 5,

    /// <summary>The EDNS version is not served (BADVERS).</summary>
    BadVersion = 16,
}
