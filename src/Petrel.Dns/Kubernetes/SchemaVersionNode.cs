namespace Petrel.Dns.Kubernetes;

/// <summary>The record that tells which version of the specification the zone follows (specification section 2.2).</summary>
internal sealed class SchemaVersionNode : ZoneNode
{
    private SchemaVersionNode()
    {
    }

    public static SchemaVersionNode Instance { get; } = new();

    public override string Text => "1.1.0";
}
