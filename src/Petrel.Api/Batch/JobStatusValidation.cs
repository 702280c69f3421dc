using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>
/// The rules of a job's status, which also a controller that is not built in must keep (KEP-4368). A rule between parts is only checked
/// when one of its parts changes, so that a status of old does not stop other changes.
/// </summary>
internal static class JobStatusValidation
{
    public static void Validate(Job job, Job old, FieldPath path, FieldErrors errors)
    {
        var (status, before) = (job.Status, old.Status);
        ValidateNumbers(status, path, errors);
        ValidateCompletion(status, before, path, errors);
        ValidateEnd(status, before, path, errors);
        ValidateIndexes(job, old, path, errors);
        if ((status.IsFinished != before.IsFinished || status.Terminating != before.Terminating) && status.Terminating > 0 && status.IsFinished)
        {
            errors.Invalid(path.Child("terminating"), status.Terminating, "terminating>0 is invalid for finished job");
        }

        if ((status.Ready != before.Ready || status.Active != before.Active) && status.Ready > status.Active)
        {
            errors.Invalid(path.Child("ready"), status.Ready, "cannot set more ready pods than active");
        }

        ValidateSuccess(job, path.Child("conditions"), errors);
        ValidateProgress(job, old, path, errors);
    }

    private static void ValidateNumbers(JobStatus status, FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("active"), status.Active);
        errors.NonNegative(path.Child("succeeded"), status.Succeeded);
        errors.NonNegative(path.Child("failed"), status.Failed);
        errors.NonNegative(path.Child("ready"), status.Ready ?? 0);
        errors.NonNegative(path.Child("terminating"), status.Terminating ?? 0);
        if (status.UncountedTerminatedPods is not { } uncounted)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (uids, field) in new[] { (uncounted.Succeeded, "succeeded"), (uncounted.Failed, "failed") })
        {
            for (var i = 0; i < uids.Count; i++)
            {
                var uidPath = path.Child("uncountedTerminatedPods", field).Index(i);
                if (uids[i].Length == 0)
                {
                    errors.Invalid(uidPath, uids[i], "must not be empty");
                }
                else if (!seen.Add(uids[i]))
                {
                    errors.Duplicate(uidPath, uids[i]);
                }
            }
        }
    }

    private static void ValidateCompletion(JobStatus status, JobStatus old, FieldPath path, FieldErrors errors)
    {
        bool Changed(string condition) => status.Is(condition) != old.Is(condition);
        void Refuse(bool when, string detail)
        {
            if (when)
            {
                errors.InvalidPlain(path.Child("conditions"), detail, "");
            }
        }

        var isComplete = status.Is("Complete");
        Refuse((Changed("Complete") || Changed("Failed")) && isComplete && status.Is("Failed"), "cannot set Complete=True and Failed=true conditions");
        Refuse(
            (Changed("Complete") || Changed("FailureTarget")) && isComplete && status.Is("FailureTarget"),
            "cannot set Complete=True and FailureTarget=true conditions");
        if (Changed("Complete") || status.CompletionTime != old.CompletionTime)
        {
            if (status.CompletionTime is { } completed && !isComplete)
            {
                errors.Invalid(path.Child("completionTime"), completed, "cannot set completionTime when there is no Complete=True condition");
            }

            if (status.CompletionTime is null && isComplete)
            {
                errors.Required(path.Child("completionTime"), "completionTime is required for Complete jobs");
            }
        }

        if ((status.StartTime != old.StartTime || status.CompletionTime != old.CompletionTime) && status.CompletionTime < status.StartTime)
        {
            errors.Invalid(path.Child("completionTime"), status.CompletionTime, "completionTime cannot be set before startTime");
        }

        Refuse(
            (Changed("Failed") || Changed("FailureTarget")) && status.Is("Failed") && !status.Is("FailureTarget"),
            "cannot set Failed=True condition without the FailureTarget=true condition");
        Refuse(
            (Changed("Complete") || Changed("SuccessCriteriaMet")) && isComplete && !status.Is("SuccessCriteriaMet"),
            "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    }

    private static void ValidateEnd(JobStatus status, JobStatus old, FieldPath path, FieldErrors errors)
    {
        if (!status.IsFinished)
        {
            return;
        }

        var hasEnded = !old.IsFinished;
        if ((hasEnded || status.Active != old.Active) && status.Active > 0)
        {
            errors.Invalid(path.Child("active"), status.Active, "active>0 is invalid for finished job");
        }

        if ((hasEnded || status.StartTime != old.StartTime) && status.StartTime is null)
        {
            errors.Required(path.Child("startTime"), "startTime is required for finished job");
        }

        if ((hasEnded || status.UncountedTerminatedPods != old.UncountedTerminatedPods)
            && status.UncountedTerminatedPods is { } uncounted && !(uncounted.Succeeded.IsEmpty && uncounted.Failed.IsEmpty))
        {
            var text = new Verbatim($"batch.UncountedTerminatedPods{{Succeeded:{GoSyntax.Strings(uncounted.Succeeded, "types.UID")}, Failed:{GoSyntax.Strings(uncounted.Failed, "types.UID")}}}");
            errors.Invalid(path.Child("uncountedTerminatedPods"), text, "uncountedTerminatedPods needs to be empty for finished job");
        }
    }

    private static void ValidateIndexes(Job job, Job old, FieldPath path, FieldErrors errors)
    {
        var (status, completions) = (job.Status, job.Spec.Completions);
        var (completedChanged, failedChanged) = (status.CompletedIndexes != old.Status.CompletedIndexes, status.FailedIndexes != old.Status.FailedIndexes);
        var (completedPath, failedPath) = (path.Child("completedIndexes"), path.Child("failedIndexes"));
        if (completedChanged && completions is { } all && IndexList.Check(status.CompletedIndexes, all, out _) is { } problem)
        {
            errors.Invalid(completedPath, status.CompletedIndexes, "error parsing completedIndexes: " + problem);
        }

        if (failedChanged && completions is { } most && job.Spec.BackoffLimitPerIndex is not null && status.FailedIndexes is { } failed
            && IndexList.Check(failed, most, out _) is { } failedProblem)
        {
            errors.Invalid(failedPath, failed, "error parsing failedIndexes: " + failedProblem);
        }

        if (completedChanged && status.CompletedIndexes.Length != 0 && !job.Spec.IsIndexed)
        {
            errors.Invalid(completedPath, status.CompletedIndexes, "cannot set non-empty completedIndexes when non-indexed completion mode");
        }

        if (failedChanged && job.Spec.BackoffLimitPerIndex is null && status.FailedIndexes is not null)
        {
            errors.Invalid(failedPath, status.FailedIndexes, "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }

        if ((completedChanged || failedChanged) && completions is { } count && status.FailedIndexes is { } others
            && IndexList.Overlap(status.CompletedIndexes, others, count) is { } index)
        {
            errors.Invalid(failedPath, others, $"failedIndexes and completedIndexes overlap at index: {index}");
        }
    }

    private static void ValidateSuccess(Job job, FieldPath path, FieldErrors errors)
    {
        var status = job.Status;
        var isMet = status.Is("SuccessCriteriaMet");
        if (isMet && status.Is("Failed"))
        {
            errors.InvalidPlain(path, "cannot set SuccessCriteriaMet=True and Failed=true conditions", "");
        }

        if (isMet && status.Is("FailureTarget"))
        {
            errors.InvalidPlain(path, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions", "");
        }

        if (job.Spec.SuccessPolicy is not null && !isMet && status.Is("Complete"))
        {
            errors.InvalidPlain(path, "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True", "");
        }
    }

    // What may not go back.
    private static void ValidateProgress(Job job, Job old, FieldPath path, FieldErrors errors)
    {
        var (status, before) = (job.Status, old.Status);
        foreach (var type in (string[])["Failed", "Complete", "FailureTarget"])
        {
            if (before.Is(type) && !status.Is(type))
            {
                errors.InvalidPlain(path.Child("conditions"), $"cannot disable the terminal {type}=True condition", "");
            }
        }

        if (status.Failed < before.Failed)
        {
            errors.Invalid(path.Child("failed"), status.Failed, "cannot decrease the failed counter");
        }

        // An indexed job that can be scaled down may lose successes.
        var canShrink = job.Spec.IsIndexed && job.Spec.Completions == job.Spec.Parallelism;
        if (!canShrink && status.Succeeded < before.Succeeded)
        {
            errors.Invalid(path.Child("succeeded"), status.Succeeded, "cannot decrease the succeeded counter");
        }

        if (status.CompletionTime is { } completed && before.CompletionTime is { } known && completed != known)
        {
            errors.Invalid(path.Child("completionTime"), completed, "completionTime cannot be mutated");
        }

        if (before.StartTime is { } started && started != status.StartTime && job.Spec.Suspend != true)
        {
            errors.Required(path.Child("startTime"), "startTime cannot be removed for unsuspended job");
        }

        if (before.Is("SuccessCriteriaMet") && !status.Is("SuccessCriteriaMet"))
        {
            errors.InvalidPlain(path.Child("conditions"), "cannot disable the SuccessCriteriaMet=True condition", "");
        }

        if (before.Is("Complete") && !before.Is("SuccessCriteriaMet") && status.Is("SuccessCriteriaMet"))
        {
            errors.InvalidPlain(path.Child("conditions"), "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions", "");
        }
    }
}
