using Petrel.Api.Meta;
using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>
/// The selector that a job gets unless it asks for a manual one, and the labels by which it finds its pods. Each label has an older
/// twin without a domain.
/// </summary>
internal static class GeneratedSelector
{
    private const string Name = "batch.kubernetes.io/job-name";
    private const string Uid = "batch.kubernetes.io/controller-uid";
    private const string OldName = "job-name";
    private const string OldUid = "controller-uid";

    /// <summary>Adds what is missing; what is there and wrong is left to validation.</summary>
    public static JobSpec AddTo(JobSpec spec, ObjectMeta job)
    {
        var labels = spec.Template.Metadata.Labels;
        foreach (var (key, value) in ((string, string)[])[(OldName, job.Name), (Name, job.Name), (OldUid, job.Uid), (Uid, job.Uid)])
        {
            labels = labels.ContainsKey(key) ? labels : labels.With(key, value);
        }

        var selector = spec.Selector ?? LabelSelector.Empty;
        return spec with
        {
            Template = spec.Template with { Metadata = spec.Template.Metadata with { Labels = labels } },
            Selector = selector.MatchLabels.ContainsKey(Uid) ? selector : selector with { MatchLabels = selector.MatchLabels.With(Uid, job.Uid) },
        };
    }

    public static bool HasPrefixedLabels(ApiMap<string> labels) => labels.ContainsKey(Name) && labels.ContainsKey(Uid);

    /// <param name="requiresPrefixed">Jobs of old have only the labels without a domain.</param>
    public static void Validate(Job job, bool requiresPrefixed, FieldErrors errors)
    {
        if (job.Spec.ManualSelector == true || job.Spec.Selector is not { } selector)
        {
            return;
        }

        errors.NotEmpty(FieldPath.Root.Child("metadata", "uid"), job.Metadata.Uid);
        var expected = ApiMap.FromPairs((OldUid, job.Metadata.Uid), (OldName, job.Metadata.Name));
        ValidateLabel(job, OldUid, job.Metadata.Uid, errors);
        ValidateLabel(job, OldName, job.Metadata.Name, errors);
        if (requiresPrefixed)
        {
            ValidateLabel(job, Uid, job.Metadata.Uid, errors);
            ValidateLabel(job, Name, job.Metadata.Name, errors);
            expected = expected.With(Uid, job.Metadata.Uid).With(Name, job.Metadata.Name);
        }

        if (selector.IsValid && !selector.Matches(expected))
        {
            errors.Invalid(FieldPath.Root.Child("spec", "selector"), GoSyntax.LabelSelector(selector), "`selector` not auto-generated");
        }
    }

    private static void ValidateLabel(Job job, string key, string expected, FieldErrors errors)
    {
        var labels = job.Spec.Template.Metadata.Labels;
        var path = FieldPath.Root.Child("spec", "template").Child("metadata", "labels").Key(key);
        if (!labels.TryGetValue(key, out var value))
        {
            errors.Required(path, $"must be '{expected}'");
        }
        else if (value != expected)
        {
            errors.Invalid(path, GoSyntax.Map(labels), $"must be '{expected}'");
        }
    }
}
