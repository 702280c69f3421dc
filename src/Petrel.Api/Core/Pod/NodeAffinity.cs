using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeAffinity")]
public sealed partial record NodeAffinity
{
    /// <summary>The node must match; running pods stay when it ceases to.</summary>
    [Field(1)]
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }

    /// <summary>Nodes that match are preferred, by weight.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        RequiredDuringSchedulingIgnoredDuringExecution?.Validate(path.Child("requiredDuringSchedulingIgnoredDuringExecution"), errors);
        var terms = PreferredDuringSchedulingIgnoredDuringExecution;
        for (var i = 0; i < terms.Count; i++)
        {
            var termPath = path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i);
            if (terms[i].Weight is <= 0 or > 100)
            {
                errors.Invalid(termPath.Child("weight"), terms[i].Weight, "must be in the range 1-100");
            }

            terms[i].Preference.Validate(termPath.Child("preference"), errors);
        }
    }
}
