using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>The rules of a job's spec that hold in a cron job's template, too, in the order in which errors are listed.</summary>
internal static class JobSpecValidation
{
    private const int ParallelismMax = 100_000;
    private const int FailedIndexesMax = 100_000;
    private const int ManagedByBytesMax = 63;

    // Above so many completions, what a limit per index keeps count of gets smaller limits.
    private const int CompletionsMany = 100_000;
    private const int ParallelismMaxOfMany = 10_000;
    private const int FailedIndexesMaxOfMany = 10_000;

    public static void Validate(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        ValidateNumbers(spec, path, errors);
        if (spec.ManagedBy is { } managedBy)
        {
            errors.DomainPrefixedPath(path.Child("managedBy"), managedBy);
            if (NameFormats.Bytes(managedBy) > ManagedByBytesMax)
            {
                errors.TooLong(path.Child("managedBy"), ManagedByBytesMax);
            }
        }

        ValidateCompletionMode(spec, path, errors);
        spec.PodFailurePolicy?.Validate(spec, path.Child("podFailurePolicy"), errors);
        if (spec.SuccessPolicy is { } success && !spec.IsIndexed)
        {
            errors.Invalid(path.Child("successPolicy"), success.GoText, "requires indexed completion mode");
        }
        else
        {
            spec.SuccessPolicy?.Validate(spec, path.Child("successPolicy"), errors);
        }

        ValidateReplacement(spec, path.Child("podReplacementPolicy"), errors);
        spec.Template.Validate(path.Child("template"), errors);
        ValidateRestartPolicy(spec, path.Child("template").Child("spec", "restartPolicy"), errors);
    }

    private static void ValidateNumbers(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("parallelism"), spec.Parallelism ?? 0);
        errors.NonNegative(path.Child("completions"), spec.Completions ?? 0);
        errors.NonNegative(path.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds ?? 0);
        errors.NonNegative(path.Child("backoffLimit"), spec.BackoffLimit ?? 0);
        errors.NonNegative(path.Child("ttlSecondsAfterFinished"), spec.TtlSecondsAfterFinished ?? 0);
        errors.NonNegative(path.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex ?? 0);
        errors.NonNegative(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes ?? 0);
        if (spec.MaxFailedIndexes is not null && spec.BackoffLimitPerIndex is null)
        {
            errors.Required(path.Child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }
    }

    private static void ValidateCompletionMode(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        switch (spec.CompletionMode)
        {
            case "Indexed":
                ValidateIndexed(spec, path, errors);
                break;
            case null or "NonIndexed":
                foreach (var (value, field) in new[] { (spec.BackoffLimitPerIndex, "backoffLimitPerIndex"), (spec.MaxFailedIndexes, "maxFailedIndexes") })
                {
                    if (value is not null)
                    {
                        errors.Invalid(path.Child(field), value, "requires indexed completion mode");
                    }
                }

                break;
            default:
                errors.NotSupported(path.Child("completionMode"), spec.CompletionMode, ["NonIndexed", "Indexed"]);
                break;
        }
    }

    private static void ValidateIndexed(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Completions is null)
        {
            errors.Required(path.Child("completions"), "when completion mode is Indexed");
        }

        AtMost(path.Child("parallelism"), spec.Parallelism, ParallelismMax, $"must be less than or equal to {ParallelismMax} when completion mode is Indexed", errors);
        AtMost(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes, spec.Completions ?? int.MaxValue, "must be less than or equal to completions", errors);
        AtMost(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes, FailedIndexesMax, $"must be less than or equal to {FailedIndexesMax}", errors);
        if (spec.Completions is not > CompletionsMany || spec.BackoffLimitPerIndex is null)
        {
            return;
        }

        if (spec.MaxFailedIndexes is null)
        {
            errors.Required(path.Child("maxFailedIndexes"), $"must be specified when completions is above {CompletionsMany}");
        }

        var when = $"when completions are above {CompletionsMany} and used with backoff limit per index";
        AtMost(path.Child("parallelism"), spec.Parallelism, ParallelismMaxOfMany, $"must be less than or equal to {ParallelismMaxOfMany} {when}", errors);
        AtMost(path.Child("maxFailedIndexes"), spec.MaxFailedIndexes, FailedIndexesMaxOfMany, $"must be less than or equal to {FailedIndexesMaxOfMany} {when}", errors);
    }

    private static void AtMost(FieldPath path, int? value, int max, string detail, FieldErrors errors)
    {
        if (value > max)
        {
            errors.Invalid(path, value, detail);
        }
    }

    private static void ValidateReplacement(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.PodReplacementPolicy is not { } policy)
        {
            return;
        }

        if (spec.PodFailurePolicy is not null)
        {
            errors.OneOf(path, policy, "Failed");
        }
        else
        {
            errors.OneOf(path, policy, "Failed", "TerminatingOrFailed");
        }
    }

    // Always is the default of pods, so it stands for left out.
    private static void ValidateRestartPolicy(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        switch (spec.Template.Spec.RestartPolicy)
        {
            case "Always" or "":
                errors.Required(path, "valid values: \"OnFailure\", \"Never\"");
                break;
            case "OnFailure" when spec.PodFailurePolicy is not null:
                errors.Invalid(path, spec.Template.Spec.RestartPolicy, "only \"Never\" is supported when podFailurePolicy is specified");
                break;
            case not ("OnFailure" or "Never"):
                errors.NotSupported(path, spec.Template.Spec.RestartPolicy, ["OnFailure", "Never"]);
                break;
        }
    }
}
