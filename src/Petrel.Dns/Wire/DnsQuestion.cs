namespace Petrel.Dns.Wire;

/// <summary>What is asked (RFC 1035 section 4.1.2). The name keeps the client's case, which an answer echoes.</summary>
public readonly record struct DnsQuestion(DnsName Name, RecordType Type, RecordClass Class = RecordClass.Internet)
{
    public override string ToString() => $"{Name} {Class} {Type}";
}
