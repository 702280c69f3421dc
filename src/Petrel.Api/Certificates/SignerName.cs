using Petrel.Api.Validation;

namespace Petrel.Api.Certificates;

/// <summary>Names of signers, DOMAIN/NAME: who signs certificates, and whose trust bundles there are.</summary>
internal static class SignerName
{
    private const int DomainBytesMax = 253;

    // A domain, a slash, a namespace, a dot and a name.
    private const int BytesMax = 253 + 1 + 63 + 1 + 253;

    public static void Validate(string name, FieldPath path, FieldErrors errors)
    {
        if (!errors.NotEmpty(path, name))
        {
            return;
        }

        if (name.Split('/') is not [var domain, var rest])
        {
            errors.Invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }

        if (NameFormats.Bytes(domain) > DomainBytesMax)
        {
            errors.TooLong(path, DomainBytesMax);
        }

        var labels = domain.Split('.');
        ValidateLabels(domain, labels, NameFormats.DnsLabel, path, errors);
        if (labels.Length < 2)
        {
            errors.Invalid(path, domain, "should be a domain with at least two segments separated by dots");
        }

        ValidateLabels(rest, rest.Split('.'), NameFormats.DnsSubdomain, path, errors);
        if (NameFormats.Bytes(name) > BytesMax)
        {
            errors.TooLong(path, BytesMax);
        }
    }

    // The first bad label says enough.
    private static void ValidateLabels(string part, string[] labels, Func<string, IEnumerable<string>> rule, FieldPath path, FieldErrors errors)
    {
        if (labels.FirstOrDefault(label => rule(label).Any()) is { } bad)
        {
            errors.InvalidAll(path, part, rule(bad).Select(problem => $"validating label {GoSyntax.Quote(bad)}: {problem}"));
        }
    }
}
