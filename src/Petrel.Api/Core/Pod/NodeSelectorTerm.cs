using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSelectorTerm", MapType = "atomic")]
public sealed partial record NodeSelectorTerm
{
    /// <summary>Requirements on labels, all of which must hold.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<NodeSelectorRequirement> MatchExpressions { get; init; }

    /// <summary>Requirements on fields, all of which must hold; metadata.name only.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<NodeSelectorRequirement> MatchFields { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < MatchExpressions.Count; i++)
        {
            MatchExpressions[i].ValidateLabel(path.Child("matchExpressions").Index(i), errors);
        }

        for (var i = 0; i < MatchFields.Count; i++)
        {
            MatchFields[i].ValidateField(path.Child("matchFields").Index(i), errors);
        }
    }
}
