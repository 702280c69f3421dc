namespace Petrel.Dns.Wire;

/// <summary>The four-bit kind of a request (RFC 1035 section 4.1.1); only <see cref="Query"/> is served.</summary>
public enum OperationCode : byte
{
    Query = 0,
    InverseQuery = 1,
    Status = 2,
    Notify = 4,
    Update = 5,
}
