using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Authentication;

/// <summary>The parts of an X.500 name. Go puts several organizations into one multi-valued part, others make one part of each.</summary>
internal static class DistinguishedName
{
    public const string CommonName = "2.5.4.3";
    public const string Organization = "2.5.4.10";

    /// <summary>Every type and value in order (RFC 5280, 4.1.2.4); values that are no text are left out.</summary>
    public static List<(string Type, string Value)> Parts(X500DistinguishedName name)
    {
        var parts = new List<(string, string)>();
        var sequence = new AsnReader(name.RawData, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var set = sequence.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                var pair = set.ReadSequence();
                var type = pair.ReadObjectIdentifier();
                if (ReadText(pair) is { } value)
                {
                    parts.Add((type, value));
                }
            }
        }

        return parts;
    }

    private static string? ReadText(AsnReader reader)
    {
        var tag = reader.PeekTag();
        return tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is
            UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
            or UniversalTagNumber.T61String or UniversalTagNumber.BMPString or UniversalTagNumber.NumericString
            ? reader.ReadCharacterString((UniversalTagNumber)tag.TagValue)
            : null;
    }
}
