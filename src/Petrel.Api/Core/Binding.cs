using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Puts a pod on a node.</summary>
[ApiType("io.k8s.api.core.v1.Binding")]
public sealed partial record Binding : ApiObject, IResource<Binding>, IValidated
{
    public static ResourceInfo Info { get; } = new("", "v1", "Binding", "bindings") { Verbs = Verbs.Create };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The node.</summary>
    [Field(2, Required = true, Always = true)]
    public ObjectReference Target { get; init; } = ObjectReference.Empty;

    /// <summary>Pods are bound to nodes only.</summary>
    public void Validate(FieldErrors errors)
    {
        if (Target.Kind is not ("" or "Node"))
        {
            errors.NotSupported(FieldPath.Root.Child("target", "kind"), Target.Kind, ["Node", "<empty>"]);
        }

        errors.NotEmpty(FieldPath.Root.Child("target", "name"), Target.Name);
    }
}
