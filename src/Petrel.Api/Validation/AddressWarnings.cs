using System.Net.Sockets;

namespace Petrel.Api.Validation;

/// <summary>What upstream says about addresses that are accepted, but not written as they should be.</summary>
internal static class AddressWarnings
{
    /// <summary>Nothing for text that is no range, which is an error.</summary>
    public static IEnumerable<string> OfRange(FieldPath path, string text)
    {
        if (AddressFormats.ParseRange(text) is not var (address, length))
        {
            yield break;
        }

        var network = AddressText.OfRange(address, length);
        var isAmbiguous = !AddressFormats.Network(address, length).Equals(address);
        if (isAmbiguous)
        {
            var single = $"{AddressText.Of(address)}/{(address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)}";
            yield return $"{path}: CIDR value {GoSyntax.Quote(text)} is ambiguous in this context (should be {GoSyntax.Quote(network)} or {GoSyntax.Quote(single)}?)";
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (AddressFormats.HasLeadingZeros(text[..slash]) || AddressFormats.IsMapped(text[..slash]) || (text.Length > slash + 2 && text[slash + 1] == '0'))
        {
            yield return $"{path}: non-standard CIDR value {GoSyntax.Quote(text)} will be considered invalid in a future Kubernetes release: use {GoSyntax.Quote(network)}";
        }
        else if (!isAmbiguous && address.AddressFamily == AddressFamily.InterNetworkV6 && network != text)
        {
            yield return $"{path}: IPv6 CIDR value {GoSyntax.Quote(text)} should be in RFC 5952 canonical format ({GoSyntax.Quote(network)})";
        }
    }
}
