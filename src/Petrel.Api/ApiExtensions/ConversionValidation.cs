using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Petrel.Api.Certificates;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions;

/// <summary>Rules for how objects are converted between versions. Errors are told under the names that upstream uses inside.</summary>
internal static class ConversionValidation
{
    private const string None = "None";
    private const string Webhook = "Webhook";

    // Versions of ConversionReview that the API server speaks.
    private static readonly string[] ReviewVersions = ["v1", "v1beta1"];

    /// <param name="old">The definition before an update.</param>
    public static void Validate(CustomResourceConversion? conversion, CustomResourceDefinition? old, FieldPath path, FieldErrors errors)
    {
        if (conversion is null)
        {
            return;
        }

        if (errors.NotEmpty(path.Child("strategy"), conversion.Strategy))
        {
            errors.OneOf(path.Child("strategy"), conversion.Strategy, None, Webhook);
        }

        var client = conversion.Webhook?.ClientConfig;
        var versions = conversion.Webhook?.ConversionReviewVersions ?? default;
        if (conversion.Strategy == Webhook)
        {
            if (client is null)
            {
                errors.Required(path.Child("webhookClientConfig"), "required when strategy is set to Webhook");
            }
            else
            {
                ValidateClient(client, old, path.Child("webhookClientConfig"), errors);
            }

            var before = old?.Spec.Conversion?.Webhook?.ConversionReviewVersions ?? default;
            ValidateReviewVersions(versions, before.IsEmpty || before.Any(ReviewVersions.Contains), path.Child("conversionReviewVersions"), errors);
            return;
        }

        if (client is not null)
        {
            errors.Forbidden(path.Child("webhookClientConfig"), "should not be set when strategy is not set to Webhook");
        }

        if (!versions.IsEmpty)
        {
            errors.Forbidden(path.Child("conversionReviewVersions"), "should not be set when strategy is not set to Webhook");
        }
    }

    private static void ValidateClient(WebhookClientConfig client, CustomResourceDefinition? old, FieldPath path, FieldErrors errors)
    {
        if (client.Url is null == client.Service is null)
        {
            errors.Required(path, "exactly one of url or service is required");
        }
        else if (client.Url is not null)
        {
            WebhookClientRules.ValidateUrl(client.Url, path.Child("url"), errors);
        }
        else
        {
            // Upstream takes the name for the namespace here and the other way round, so errors are told of the other one.
            var service = client.Service!;
            WebhookClientRules.ValidateService(name: service.Namespace, @namespace: service.Name, service.Path, service.Port ?? ServiceReference.DefaultPort, path.Child("service"), errors);
        }

        if (client.CaBundle.Length > 0 && !AllowsBadBundle(old) && BundleProblem(client.CaBundle) is { } problem)
        {
            errors.Invalid(path.Child("caBundle"), GoSyntax.Bytes(client.CaBundle), problem);
        }
    }

    // A bad bundle that was there before does not stand in the way of other changes; nor while nothing is served.
    private static bool AllowsBadBundle(CustomResourceDefinition? old) => old is not null
        && (!old.Status.IsTrue(CustomResourceDefinitionCondition.Established)
            || old.Spec.Conversion?.Webhook?.ClientConfig is { CaBundle.Length: > 0 } client && BundleProblem(client.CaBundle) is not null);

    private static void ValidateReviewVersions(ApiList<string> versions, bool requiresKnown, FieldPath path, FieldErrors errors)
    {
        if (versions.IsEmpty)
        {
            errors.Required(path);
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < versions.Count; i++)
        {
            if (!seen.Add(versions[i]))
            {
                errors.Invalid(path.Index(i), versions[i], "duplicate version");
                continue;
            }

            errors.InvalidAll(path.Index(i), versions[i], NameFormats.Dns1035Label(versions[i]));
        }

        if (requiresKnown && !versions.Any(ReviewVersions.Contains))
        {
            errors.Invalid(path, GoSyntax.Strings(versions), "must include at least one of " + string.Join(", ", ReviewVersions));
        }
    }

    // What is wrong with the certificates that a webhook's is checked by.
    private static string? BundleProblem(Binary bundle)
    {
        try
        {
            foreach (var block in PemBlock.ReadAll(bundle.Memory))
            {
                if (block.Type == "CERTIFICATE" && !block.HasHeaders)
                {
                    X509CertificateLoader.LoadCertificate(block.Content).Dispose();
                    return null;
                }
            }
        }
        catch (CryptographicException)
        {
            return "unable to load root certificates: unable to parse bytes as PEM block: x509: malformed certificate";
        }

        return "unable to load root certificates: unable to parse bytes as PEM block";
    }
}
