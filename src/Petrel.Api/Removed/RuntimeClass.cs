using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>A runtime class as node.k8s.io/v1alpha1 had it: inside a spec.</summary>
[ApiType("io.k8s.api.node.v1alpha1.RuntimeClass")]
public sealed partial record RuntimeClass : ApiObject, IResource<RuntimeClass>
{
    public static ResourceInfo Info { get; } = new("node.k8s.io", "v1alpha1", "RuntimeClass", "runtimeclasses") { Namespaced = false };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What the class is.</summary>
    [Field(2, Always = true)]
    public RuntimeClassSpec Spec { get; init; } = RuntimeClassSpec.Empty;
}

[ApiType("io.k8s.api.node.v1alpha1.RuntimeClassSpec")]
public sealed partial record RuntimeClassSpec
{
    /// <summary>Name of the runtime on the node.</summary>
    [Field(1, Always = true)]
    public string RuntimeHandler { get; init; } = "";

    /// <summary>What pods of the class take beside their containers.</summary>
    [Field(2)]
    public RuntimeClasses.Overhead? Overhead { get; init; }

    /// <summary>Where pods of the class can run.</summary>
    [Field(3)]
    public RuntimeClasses.Scheduling? Scheduling { get; init; }
}
