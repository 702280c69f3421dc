using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Certificates;

/// <summary>Certificates to trust, of a signer or of nobody in particular, for all to read (KEP-3257).</summary>
[ApiType("io.k8s.api.certificates.v1beta1.ClusterTrustBundle")]
public sealed partial record ClusterTrustBundle : ApiObject, IResource<ClusterTrustBundle>, IPrintable, ISelectable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("certificates.k8s.io", "v1beta1", "ClusterTrustBundle", "clustertrustbundles")
    {
        Columns = ClusterTrustBundleTable.Columns,
        Feature = KnownFeatures.ClusterTrustBundle,

        // What a name must be depends on the signer.
        NameRule = static (_, _) => [],
        Namespaced = false,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Whose certificates, and which.</summary>
    [Field(2, Required = true, Always = true)]
    public ClusterTrustBundleSpec Spec { get; init; } = ClusterTrustBundleSpec.Empty;

    /// <inheritdoc/>
    public static IReadOnlyList<string> SelectableFields { get; } = ["spec.signerName"];

    /// <inheritdoc/>
    public string FieldValue(string field) => field == "spec.signerName" ? Spec.SignerName : "";

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ClusterTrustBundleTable.Cells(this);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Validate(isBundleNew: true, errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var before = ((ClusterTrustBundle)old).Spec;

        // What is stored stays allowed, whatever newer rules say.
        Validate(isBundleNew: Spec.TrustBundle != before.TrustBundle, errors);
        errors.Immutable(FieldPath.Root.Child("spec", "signerName"), Spec.SignerName, before.SignerName);
    }

    private void Validate(bool isBundleNew, FieldErrors errors)
    {
        errors.InvalidAll(FieldPath.Root.Child("metadata", "name"), Metadata.Name, NameProblems());
        var path = FieldPath.Root.Child("spec");
        if (Spec.SignerName.Length > 0)
        {
            SignerName.Validate(Spec.SignerName, path.Child("signerName"), errors);
        }

        if (isBundleNew)
        {
            Spec.ValidateBundle(path.Child("trustBundle"), errors);
        }
    }

    // The name starts with the signer's, so that it is no one else's.
    private IEnumerable<string> NameProblems()
    {
        if (Spec.SignerName.Length == 0)
        {
            return Metadata.Name.Contains(':', StringComparison.Ordinal)
                ? ["ClusterTrustBundle without signer name must not have \":\" in its name"]
                : NameFormats.DnsSubdomain(Metadata.Name);
        }

        var prefix = Spec.SignerName.Replace('/', ':') + ":";
        return Metadata.Name.StartsWith(prefix, StringComparison.Ordinal)
            ? NameFormats.DnsSubdomain(Metadata.Name[prefix.Length..])
            : [$"ClusterTrustBundle for signerName {Spec.SignerName} must be named with prefix {prefix}"];
    }
}

[ApiType("io.k8s.api.certificates.v1beta1.ClusterTrustBundleSpec")]
public sealed partial record ClusterTrustBundleSpec
{
    private const int BundleBytesMax = 1024 * 1024;

    private const string Omitted = "<value omitted>";

    /// <summary>The signer whose certificates these are; the name of the bundle starts with it. Nobody's when left out. Cannot be changed.</summary>
    [Field(1)]
    public string SignerName { get; init; } = "";

    /// <summary>The certificates as PEM, each of an authority, at most 1 MiB together.</summary>
    [Field(2, Required = true, Always = true)]
    public string TrustBundle { get; init; } = "";

    internal void ValidateBundle(FieldPath path, FieldErrors errors)
    {
        if (NameFormats.Bytes(TrustBundle) > BundleBytesMax)
        {
            errors.TooLong(path, BundleBytesMax);
            return;
        }

        var known = errors.Count;
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var entry = 0;
        foreach (var block in PemBlock.ReadAll(Encoding.UTF8.GetBytes(TrustBundle)))
        {
            if (Problem(block) is { } problem)
            {
                errors.Invalid(path, Omitted, string.Create(CultureInfo.InvariantCulture, $"entry {entry} {problem}"));
            }
            else
            {
                var content = Convert.ToHexString(block.Content);
                places[content] = [.. places.GetValueOrDefault(content) ?? [], entry];
            }

            entry++;
        }

        // Bad entries alone say enough.
        if (errors.Count > known)
        {
            return;
        }

        if (places.Count == 0)
        {
            errors.Invalid(path, Omitted, "at least one trust anchor must be provided");
        }

        foreach (var same in places.Values.Where(static same => same.Count > 1))
        {
            errors.Invalid(path, Omitted, $"duplicate trust anchor (indices [{string.Join(' ', same)}])");
        }
    }

    private static string? Problem(PemBlock block)
    {
        if (block.Type != "CERTIFICATE")
        {
            return $"has bad block type: {block.Type}";
        }

        if (block.HasHeaders)
        {
            return "has PEM block headers";
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(block.Content);
            return certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is { CertificateAuthority: true }
                ? null
                : "does not have the CA bit set";
        }
        catch (CryptographicException)
        {
            return "does not parse as X.509";
        }
    }
}
