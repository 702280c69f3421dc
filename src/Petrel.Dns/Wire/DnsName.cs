using System.Text;

namespace Petrel.Dns.Wire;

/// <summary>
/// A fully qualified domain name in uncompressed wire form: length-prefixed labels ending with the empty root label.
/// Comparison ignores the case of ASCII letters (RFC 4343), while the bytes keep the case they came with.
/// A parent is a slice of the same bytes, so walking up a name allocates nothing.
/// </summary>
public readonly struct DnsName : IEquatable<DnsName>
{
    private static readonly byte[] RootWire = [0];

    private readonly ReadOnlyMemory<byte> _wire;

    /// <summary>Takes bytes that a reader or builder of this assembly has already checked.</summary>
    internal DnsName(ReadOnlyMemory<byte> wire)
    {
        _wire = wire;
    }

    /// <summary>The root, written "."; also the default value.</summary>
    public static DnsName Root => default;

    /// <summary>The uncompressed wire form, with the root label.</summary>
    public ReadOnlySpan<byte> Wire => _wire.IsEmpty ? RootWire : _wire.Span;

    /// <summary><see cref="Wire"/> as memory that may be kept.</summary>
    public ReadOnlyMemory<byte> WireMemory => _wire.IsEmpty ? RootWire : _wire;

    public bool IsRoot => _wire.Length <= 1;

    /// <summary>The leftmost label; empty for the root.</summary>
    public ReadOnlySpan<byte> FirstLabel => Wire.Slice(1, Wire[0]);

    /// <summary>This name without its leftmost label; the root's parent is the root.</summary>
    public DnsName Parent => IsRoot ? Root : new DnsName(_wire[(_wire.Span[0] + 1)..]);

    /// <summary>The number of labels, not counting the root.</summary>
    public int LabelCount
    {
        get
        {
            int count = 0;
            for (ReadOnlySpan<byte> rest = Wire; rest[0] != 0; rest = rest[(rest[0] + 1)..])
            {
                count++;
            }

            return count;
        }
    }

    public static bool operator ==(DnsName left, DnsName right) => left.Equals(right);

    public static bool operator !=(DnsName left, DnsName right) => !left.Equals(right);

    /// <summary>Reads the presentation form of RFC 1035 section 5.1; a missing trailing dot is supplied.</summary>
    /// <exception cref="FormatException">The text is not a domain name.</exception>
    public static DnsName Parse(string text) =>
        TryParse(text, out DnsName name) ? name : throw new FormatException($"\"{text}\" is not a domain name.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string text, out DnsName name) => DnsNameText.TryParse(text, out name);

    /// <summary>Puts one label in front of a name; false when the label is empty or the name would become too long.</summary>
    public static bool TryPrepend(ReadOnlySpan<byte> label, DnsName parent, out DnsName name)
    {
        ReadOnlySpan<byte> parentWire = parent.Wire;
        name = Root;
        if (label.Length is 0 or > WireLimits.LabelBytesMax || label.Length + 1 + parentWire.Length > WireLimits.NameBytesMax)
        {
            return false;
        }

        byte[] wire = new byte[label.Length + 1 + parentWire.Length];
        wire[0] = (byte)label.Length;
        label.CopyTo(wire.AsSpan(1));
        parentWire.CopyTo(wire.AsSpan(label.Length + 1));
        name = new DnsName(wire);
        return true;
    }

    /// <summary>Puts one label of ASCII text in front of this name.</summary>
    /// <exception cref="ArgumentException">The label is empty, or the name would become too long.</exception>
    public DnsName Prepend(string label) =>
        TryPrepend(Encoding.UTF8.GetBytes(label), this, out DnsName name)
            ? name
            : throw new ArgumentException($"\"{label}\" cannot be a label of {this}.", nameof(label));

    /// <summary>Whether this name is <paramref name="zone"/> or lies below it.</summary>
    public bool IsWithin(DnsName zone)
    {
        ReadOnlySpan<byte> rest = Wire;
        int zoneLength = zone.Wire.Length;
        while (rest.Length > zoneLength)
        {
            rest = rest[(rest[0] + 1)..];
        }

        return rest.Length == zoneLength && AsciiCase.Equal(rest, zone.Wire);
    }

    /// <summary>Whether the leftmost label is this ASCII text, whatever its case.</summary>
    public bool FirstLabelIs(ReadOnlySpan<byte> label) => AsciiCase.Equal(FirstLabel, label);

    public bool Equals(DnsName other) => AsciiCase.Equal(Wire, other.Wire);

    public override bool Equals(object? obj) => obj is DnsName other && Equals(other);

    public override int GetHashCode() => AsciiCase.Hash(Wire);

    /// <summary>The presentation form, with escapes and a trailing dot.</summary>
    public override string ToString() => DnsNameText.Format(this);
}
