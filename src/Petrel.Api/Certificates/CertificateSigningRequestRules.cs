using Petrel.Api.Validation;

namespace Petrel.Api.Certificates;

/// <summary>The rules for a certificate signing request. What an older version of the rules let in stays allowed in the same object.</summary>
/// <param name="old">The stored object; null for a create.</param>
internal sealed class CertificateSigningRequestRules(CertificateSigningRequest value, CertificateSigningRequest? old)
{
    private const string LegacySigner = "kubernetes.io/legacy-unknown";
    private const int SecondsMin = 600;

    private static readonly string[] True = ["True"];
    private static readonly string[] AnyStatus = ["False", "True", "Unknown"];
    private static readonly FieldPath Spec = FieldPath.Root.Child("spec");
    private static readonly FieldPath Conditions = FieldPath.Root.Child("status", "conditions");
    private static readonly FieldPath Certificate = FieldPath.Root.Child("status", "certificate");

    private static IReadOnlyList<string> KnownUsages { get; } = CertificateSigningRequestSpec.Schema.Fields.Single(static field => field.Name == "usages").Enum;

    public void Validate(FieldErrors errors)
    {
        if (SigningRequest.Problem(value.Spec.Request.Memory) is { } problem)
        {
            errors.Invalid(Spec.Child("request"), GoSyntax.Bytes(value.Spec.Request), problem);
        }

        ValidateUsages(errors);
        if (value.Spec.SignerName == LegacySigner && old?.Spec.SignerName != LegacySigner)
        {
            errors.Invalid(Spec.Child("signerName"), value.Spec.SignerName, "the legacy signerName is not allowed via this API version");
        }
        else if (value.Spec.SignerName != LegacySigner)
        {
            SignerName.Validate(value.Spec.SignerName, Spec.Child("signerName"), errors);
        }

        if (value.Spec.ExpirationSeconds is { } seconds and < SecondsMin)
        {
            errors.Invalid(Spec.Child("expirationSeconds"), seconds, "may not specify a duration less than 600 seconds (10 minutes)");
        }

        ValidateConditions(errors);
        var isCertificateKept = old is not null && (value.Status.Certificate == old.Status.Certificate || CertificateBundle.Problem(old.Status.Certificate.Memory) is not null);
        if (!isCertificateKept && CertificateBundle.Problem(value.Status.Certificate.Memory) is { } flaw)
        {
            errors.Invalid(Certificate, "<certificate data>", flaw);
        }
    }

    public void ValidateChange(bool maySetApproval, bool maySetCertificate, FieldErrors errors)
    {
        Validate(errors);
        string[] decisions = [CertificateSigningRequestCondition.Approved, CertificateSigningRequestCondition.Denied];
        foreach (var type in decisions.Append(CertificateSigningRequestCondition.Failed))
        {
            if (value.Status.Of(type).Count() < old!.Status.Of(type).Count())
            {
                errors.Forbidden(Conditions, $"updates may not remove a condition of type {GoSyntax.Quote(type)}");
            }
        }

        foreach (var type in maySetApproval ? [] : decisions)
        {
            var (now, before) = (value.Status.Of(type).ToArray(), old!.Status.Of(type).ToArray());
            if (now.Length > before.Length)
            {
                errors.Forbidden(Conditions, $"updates may not add a condition of type {GoSyntax.Quote(type)}");
            }
            else if (now.Length == before.Length && !now.SequenceEqual(before))
            {
                errors.Forbidden(Conditions, $"updates may not modify a condition of type {GoSyntax.Quote(type)}");
            }
        }

        if (value.Status.Certificate != old!.Status.Certificate)
        {
            if (!maySetCertificate)
            {
                errors.Forbidden(Certificate, "updates may not set certificate content");
            }
            else if (old.Status.Certificate.Length > 0)
            {
                errors.Forbidden(Certificate, "updates may not modify existing certificate content");
            }
        }
    }

    private void ValidateUsages(FieldErrors errors)
    {
        var path = Spec.Child("usages");
        var usages = value.Spec.Usages;
        if (usages.IsEmpty)
        {
            errors.Required(path);
        }

        var allowsUnknown = old?.Spec.Usages.Any(static usage => !KnownUsages.Contains(usage)) == true;
        for (var i = 0; i < usages.Count && !allowsUnknown; i++)
        {
            if (!KnownUsages.Contains(usages[i]))
            {
                errors.NotSupported(path.Index(i), usages[i], KnownUsages);
            }
        }

        var allowsDuplicates = old is not null && HasDuplicates(old.Spec.Usages);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < usages.Count && !allowsDuplicates; i++)
        {
            if (!seen.Add(usages[i]))
            {
                errors.Duplicate(path.Index(i), usages[i]);
            }
        }
    }

    private void ValidateConditions(FieldErrors errors)
    {
        var known = old?.Status.Conditions ?? default;
        var allowsEmpty = known.Any(static condition => condition.Type.Length == 0);
        var allowsBoth = old is not null && old.Status.Of(CertificateSigningRequestCondition.Approved).Any() && old.Status.Of(CertificateSigningRequestCondition.Denied).Any();
        var allowsDuplicates = HasDuplicates(known.Select(static condition => condition.Type));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < value.Status.Conditions.Count; i++)
        {
            var (condition, path) = (value.Status.Conditions[i], Conditions.Index(i));
            if (!allowsEmpty)
            {
                errors.NotEmpty(path.Child("type"), condition.Type);
            }

            var isDecision = condition.Type is CertificateSigningRequestCondition.Approved or CertificateSigningRequestCondition.Denied;
            if (errors.NotEmpty(path.Child("status"), condition.Status))
            {
                errors.OneOf(path.Child("status"), condition.Status, isDecision || condition.Type == CertificateSigningRequestCondition.Failed ? True : AnyStatus);
            }

            var opposite = condition.Type == CertificateSigningRequestCondition.Approved ? CertificateSigningRequestCondition.Denied : CertificateSigningRequestCondition.Approved;
            if (isDecision && !allowsBoth && seen.Contains(opposite))
            {
                errors.Invalid(path.Child("type"), condition.Type, "Approved and Denied conditions are mutually exclusive");
            }

            if (!seen.Add(condition.Type) && !allowsDuplicates)
            {
                errors.Duplicate(path.Child("type"), condition.Type);
            }
        }
    }

    private static bool HasDuplicates(IEnumerable<string> items) => items.GroupBy(static item => item).Any(static group => group.Count() > 1);
}
