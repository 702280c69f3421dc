using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>Kubernetes' ip() and cidr() with what can be asked of them.</summary>
public static class NetworkLibrary
{
    private static readonly CelType IpType = CelType.Opaque("net.IP");
    private static readonly CelType CidrType = CelType.Opaque("net.CIDR");

    public static CelLibrary Instance { get; } = new(
        "net",
        [
            new CelFunction("ip",
            [
                Overloads.Unary<CelString>(CelType.String, IpType, static text => ParseAddress(text.Value, out var address) is { } error ? CelError.Because(error) : new IpValue(address!)).CostingText(static size => size),
                Overloads.Unary<CidrValue>(CidrType, IpType, static cidr => new IpValue(cidr.Address)).Method(),
            ]),
            new CelFunction("isIP",
            [
                Overloads.Unary<CelString>(CelType.String, CelType.Bool, static text => CelValue.Of(ParseAddress(text.Value, out _) is null)).CostingText(),
            ]),
            new CelFunction("ip.isCanonical",
            [
                Overloads.Unary<CelString>(CelType.String, CelType.Bool, static text => ParseAddress(text.Value, out var address) is { } error ? CelError.Because(error) : CelValue.Of(address!.ToString() == text.Value))
                    .Costing(static values => CostRules.Text(values[0], 2), static operands => new CallEstimate(operands[0].Size * (2 * CostRules.TextFactor))),
            ]),
            new CelFunction("family", [Overloads.Unary<IpValue>(IpType, CelType.Int, static ip => CelValue.Of(ip.Address.AddressFamily == AddressFamily.InterNetwork ? 4L : 6L)).Method()]),
            Test("isUnspecified", static address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)),
            Test("isLoopback", IPAddress.IsLoopback),
            Test("isLinkLocalMulticast", static address => address.GetAddressBytes() is var bytes && (bytes.Length == 4 ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 0xFF && (bytes[1] & 0x0F) == 2)),
            Test("isLinkLocalUnicast", IsLinkLocalUnicast),
            Test("isGlobalUnicast", static address => !address.Equals(IPAddress.Broadcast) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
                && !IPAddress.IsLoopback(address) && !IsMulticast(address) && !IsLinkLocalUnicast(address)),
            new CelFunction("cidr",
            [
                Overloads.Unary<CelString>(CelType.String, CidrType, static text => ParseRange(text.Value, out var cidr) is { } error ? CelError.Because(error) : cidr!).CostingText(static size => size),
            ]),
            new CelFunction("isCIDR", [Overloads.Unary<CelString>(CelType.String, CelType.Bool, static text => CelValue.Of(ParseRange(text.Value, out _) is null)).CostingText()]),
            new CelFunction("containsIP",
            [
                Overloads.Binary<CidrValue, IpValue>(CidrType, IpType, CelType.Bool, static (cidr, ip) => CelValue.Of(cidr.Contains(ip.Address, ip.Bits))).Method(),
                Overloads.Binary<CidrValue, CelString>(CidrType, CelType.String, CelType.Bool, static (cidr, text) =>
                    ParseAddress(text.Value, out var address) is { } error ? CelError.Because(error) : CelValue.Of(cidr.Contains(address!, new IpValue(address!).Bits))).Method().Costing(ArgumentCost, ArgumentEstimate),
            ]),
            new CelFunction("containsCIDR",
            [
                Overloads.Binary<CidrValue, CidrValue>(CidrType, CidrType, CelType.Bool, static (outer, inner) => CelValue.Of(outer.Contains(inner.Address, inner.Length))).Method(),
                Overloads.Binary<CidrValue, CelString>(CidrType, CelType.String, CelType.Bool, static (outer, text) =>
                    ParseRange(text.Value, out var inner) is { } error ? CelError.Because(error) : CelValue.Of(outer.Contains(inner!.Address, inner.Length))).Method().Costing(ArgumentCost, ArgumentEstimate),
            ]),
            new CelFunction("masked", [Overloads.Unary<CidrValue>(CidrType, CidrType, static cidr => cidr.Masked()).Method()]),
            new CelFunction("prefixLength", [Overloads.Unary<CidrValue>(CidrType, CelType.Int, static cidr => CelValue.Of((long)cidr.Length)).Method()]),
            new CelFunction("string",
            [
                Overloads.Unary<IpValue>(IpType, CelType.String, static ip => CelValue.Of(ip.Address.ToString())),
                Overloads.Unary<CidrValue>(CidrType, CelType.String, static cidr => CelValue.Of(cidr.ToString()!)),
            ]),
        ])
    {
        Types = [IpType, CidrType],
    };

    private static long ArgumentCost(IReadOnlyList<CelValue> values) => 1 + CostRules.Text(values[1]);

    private static CallEstimate ArgumentEstimate(IReadOnlyList<SizedOperand> operands) => new(Bounds.Exactly(1) + (operands[1].Size * CostRules.TextFactor));

    private static CelFunction Test(string name, Func<IPAddress, bool> holds) =>
        new(name, [Overloads.Unary<IpValue>(IpType, CelType.Bool, ip => CelValue.Of(holds(ip.Address))).Method()]);

    private static bool IsMulticast(IPAddress address) => address.GetAddressBytes() is var bytes && (bytes.Length == 4 ? (bytes[0] & 0xF0) == 0xE0 : bytes[0] == 0xFF);

    private static bool IsLinkLocalUnicast(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? address.GetAddressBytes() is [169, 254, ..] : address.IsIPv6LinkLocal;

    // What is wrong with the text; null when it is an address.
    private static string? ParseAddress(string text, out IPAddress? address)
    {
        address = null;
        if (text.Contains('%', StringComparison.Ordinal))
        {
            return $"IP address {TextFormat.Quote(text)} with zone value is not allowed";
        }

        var isV6 = text.Contains(':', StringComparison.Ordinal);
        if (isV6 ? text.StartsWith('[') || !IPAddress.TryParse(text, out address) : !IsDotted(text) || !IPAddress.TryParse(text, out address))
        {
            return $"IP Address {TextFormat.Quote(text)} parse error during conversion from string: ParseAddr({TextFormat.Quote(text)}): unable to parse IP";
        }

        return address!.IsIPv4MappedToIPv6 ? $"IPv4-mapped IPv6 address {TextFormat.Quote(text)} is not allowed" : null;
    }

    // Four decimal numbers without leading zeros.
    private static bool IsDotted(string text) =>
        text.Split('.') is { Length: 4 } parts && parts.All(static part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) <= 255);

    private static string? ParseRange(string text, out CidrValue? cidr)
    {
        cidr = null;
        var slash = text.LastIndexOf('/');
        var digits = slash < 0 ? "" : text[(slash + 1)..];
        if (slash < 0 || ParseAddress(text[..slash], out var address) is not null || digits.Length is 0 or > 3 || !digits.All(char.IsAsciiDigit) || (digits.Length > 1 && digits[0] == '0')
            || int.Parse(digits, CultureInfo.InvariantCulture) > new IpValue(address!).Bits)
        {
            return $"network address parse error during conversion from string: netip.ParsePrefix({TextFormat.Quote(text)}): {(slash < 0 ? "no '/'" : "unable to parse prefix")}";
        }

        cidr = new CidrValue(address!, int.Parse(digits, CultureInfo.InvariantCulture));
        return null;
    }

    private sealed class IpValue(IPAddress address) : CelOpaque
    {
        public IPAddress Address { get; } = address;

        public int Bits => Address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

        public override CelType Type => IpType;

        public override bool EqualTo(CelValue other) => other is IpValue ip && ip.Address.Equals(Address);
    }

    private sealed class CidrValue(IPAddress address, int length) : CelOpaque
    {
        public IPAddress Address { get; } = address;

        public int Length { get; } = length;

        public override CelType Type => CidrType;

        public override bool EqualTo(CelValue other) => other is CidrValue cidr && cidr.Address.Equals(Address) && cidr.Length == Length;

        public CidrValue Masked() => new(new IPAddress(Network(Address.GetAddressBytes())), Length);

        public bool Contains(IPAddress other, int otherLength) =>
            other.AddressFamily == Address.AddressFamily && otherLength >= Length
            && Network(other.GetAddressBytes()).AsSpan().SequenceEqual(Network(Address.GetAddressBytes()));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");

        private byte[] Network(byte[] bytes)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                var kept = Math.Clamp(Length - (i * 8), 0, 8);
                bytes[i] &= (byte)(0xFF << (8 - kept));
            }

            return bytes;
        }
    }
}
