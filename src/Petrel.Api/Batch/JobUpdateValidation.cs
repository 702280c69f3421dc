using Petrel.Api.Core;
using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>What may not change in a job's spec, and what may while it has never been started.</summary>
internal static class JobUpdateValidation
{
    private const string Immutable = "field is immutable";

    public static void Validate(JobSpec spec, Job oldJob, FieldPath path, FieldErrors errors)
    {
        var old = oldJob.Spec;
        ValidateCompletions(spec, old, path.Child("completions"), errors);
        if (spec.Selector != old.Selector)
        {
            errors.Invalid(path.Child("selector"), GoSyntax.LabelSelectorOrNull(spec.Selector), Immutable);
        }

        var template = old.Suspend == true && oldJob.Status.StartTime is null ? WithSchedulingOf(old.Template, spec.Template) : old.Template;
        if (spec.Template != template)
        {
            errors.Invalid(path.Child("template"), new Verbatim(GoSyntax.Pointer("core.PodTemplateSpec", spec.Template)), Immutable);
        }

        errors.Immutable(path.Child("completionMode"), spec.CompletionMode, old.CompletionMode);
        if (spec.PodFailurePolicy != old.PodFailurePolicy)
        {
            errors.Invalid(path.Child("podFailurePolicy"), spec.PodFailurePolicy?.GoText, Immutable);
        }

        errors.Immutable(path.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex, old.BackoffLimitPerIndex);
        errors.Immutable(path.Child("managedBy"), spec.ManagedBy, old.ManagedBy);
        if (spec.SuccessPolicy != old.SuccessPolicy)
        {
            errors.Invalid(path.Child("successPolicy"), spec.SuccessPolicy?.GoText, Immutable);
        }
    }

    private static void ValidateCompletions(JobSpec spec, JobSpec old, FieldPath path, FieldErrors errors)
    {
        if (!spec.IsIndexed)
        {
            errors.Immutable(path, spec.Completions, old.Completions);
        }
        else if (spec.Completions is not null && spec.Completions != old.Completions && spec.Completions != spec.Parallelism)
        {
            errors.Invalid(path, spec.Completions, "can only be modified in tandem with spec.parallelism");
        }
    }

    // The old template with all that says where pods go as the new one has it.
    private static PodTemplateSpec WithSchedulingOf(PodTemplateSpec old, PodTemplateSpec template)
    {
        var affinity = template.Spec.Affinity is null && old.Spec.Affinity is null
            ? null
            : (old.Spec.Affinity ?? Affinity.Empty) with { NodeAffinity = template.Spec.Affinity?.NodeAffinity };
        return old with
        {
            Metadata = old.Metadata with { Labels = template.Metadata.Labels, Annotations = template.Metadata.Annotations },
            Spec = old.Spec with
            {
                Affinity = template.Spec.Affinity is null && affinity == Affinity.Empty ? null : affinity,
                NodeSelector = template.Spec.NodeSelector,
                Tolerations = template.Spec.Tolerations,
                SchedulingGates = template.Spec.SchedulingGates,
            },
        };
    }
}
