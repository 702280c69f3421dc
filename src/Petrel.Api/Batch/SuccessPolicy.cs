using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

[ApiType("io.k8s.api.batch.v1.SuccessPolicy")]
public sealed partial record SuccessPolicy
{
    private const int RulesMax = 20;

    /// <summary>The job has succeeded once one of the rules holds. At most 20.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<SuccessPolicyRule> Rules { get; init; }

    internal void Validate(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        var rules = path.Child("rules");
        if (Rules.IsEmpty)
        {
            errors.Required(rules, "at least one rules must be specified when the successPolicy is specified");
        }

        if (Rules.Count > RulesMax)
        {
            errors.TooMany(rules, Rules.Count, RulesMax);
        }

        for (var i = 0; i < Rules.Count; i++)
        {
            Rules[i].Validate(spec.Completions ?? 0, rules.Index(i), errors);
        }
    }

    internal Verbatim GoText => new($"batch.SuccessPolicy{{Rules:{(Rules.IsNil
        ? "[]batch.SuccessPolicyRule(nil)"
        : $"[]batch.SuccessPolicyRule{{{string.Join(", ", Rules.Select(static rule =>
            $"batch.SuccessPolicyRule{{SucceededIndexes:{GoSyntax.Pointer("string", rule.SucceededIndexes)}, SucceededCount:{GoSyntax.Pointer("int32", rule.SucceededCount)}}}"))}}}")}}}");
}

[ApiType("io.k8s.api.batch.v1.SuccessPolicyRule")]
public sealed partial record SuccessPolicyRule
{
    private const int IndexesBytesMax = 64 * 1024;

    /// <summary>Indexes that must succeed, e.g. <c>1,3-5,7</c>; all of them count when left out.</summary>
    [Field(1)]
    public string? SucceededIndexes { get; init; }

    /// <summary>How many of them must succeed; all when left out.</summary>
    [Field(2)]
    public int? SucceededCount { get; init; }

    internal void Validate(int completions, FieldPath path, FieldErrors errors)
    {
        if (SucceededCount is null && SucceededIndexes is null)
        {
            errors.Required(path, "at least one of succeededCount or succeededIndexes must be specified");
        }

        var total = 0;
        if (SucceededIndexes is { } indexes)
        {
            if (NameFormats.Bytes(indexes) > IndexesBytesMax)
            {
                errors.TooLong(path.Child("succeededIndexes"), IndexesBytesMax);
            }

            if (IndexList.Check(indexes, completions, out total) is { } problem)
            {
                errors.Invalid(path.Child("succeededIndexes"), indexes, "error parsing succeededIndexes: " + problem);
            }
        }

        if (SucceededCount is not { } count)
        {
            return;
        }

        errors.NonNegative(path.Child("succeededCount"), count);
        if (count > completions)
        {
            errors.Invalid(path.Child("succeededCount"), count, $"must be less than or equal to {completions} (the number of specified completions)");
        }

        if (SucceededIndexes is not null && count > total)
        {
            errors.Invalid(path.Child("succeededCount"), count, $"must be less than or equal to {total} (the number of indexes in the specified succeededIndexes field)");
        }
    }
}
