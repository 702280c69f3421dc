using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSelector", MapType = "atomic")]
public sealed partial record NodeSelector
{
    /// <summary>Terms of which one must match.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<NodeSelectorTerm> NodeSelectorTerms { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (NodeSelectorTerms.IsEmpty)
        {
            errors.Required(path.Child("nodeSelectorTerms"), "must have at least one node selector term");
        }

        for (var i = 0; i < NodeSelectorTerms.Count; i++)
        {
            NodeSelectorTerms[i].Validate(path.Child("nodeSelectorTerms").Index(i), errors);
        }
    }
}
