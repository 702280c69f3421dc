namespace Petrel.Dns.Wire;

/// <summary>
/// One record. The data is in wire form with every name in it uncompressed, so that a record of any type, known or not,
/// can be kept and written into another message.
/// </summary>
/// <param name="Name">The owner.</param>
/// <param name="Type">What the data is.</param>
/// <param name="TimeToLiveSeconds">How long a client may keep the record.</param>
/// <param name="Data">The RDATA; <see cref="RecordData"/> makes and reads the types this server builds itself.</param>
/// <param name="Class">Internet, save for records only passed on.</param>
public sealed record ResourceRecord(
    DnsName Name,
    RecordType Type,
    uint TimeToLiveSeconds,
    ReadOnlyMemory<byte> Data,
    RecordClass Class = RecordClass.Internet)
{
    public bool Equals(ResourceRecord? other) =>
        other is not null
        && Name == other.Name
        && Type == other.Type
        && TimeToLiveSeconds == other.TimeToLiveSeconds
        && Class == other.Class
        && Data.Span.SequenceEqual(other.Data.Span);

    public override int GetHashCode() => HashCode.Combine(Name, Type, TimeToLiveSeconds, Class, Data.Length);
}
