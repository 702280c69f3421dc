using Petrel.Api.Schema;

namespace Petrel.Api.Resources;

/// <summary>A subresource as discovery lists it, e.g. <c>pods/exec</c>.</summary>
/// <param name="Name">The path element after the object's name.</param>
/// <param name="Verbs">What it offers.</param>
/// <param name="Kind">Kind of its body, or of its parameters, where it differs from the resource's own.</param>
public sealed record Subresource(string Name, Verbs Verbs, GroupVersionKind? Kind = null)
{
    /// <summary>What a proxy offers.</summary>
    private const Verbs ProxyVerbs = Verbs.Create | Verbs.Delete | Verbs.Get | Verbs.Patch | Verbs.Update;

    /// <summary>Type of its body, where <see cref="Kind"/> differs from the resource's own.</summary>
    public TypeSchema? Body { get; init; }

    /// <summary>Type whose fields are its query parameters (PodLogOptions, PodExecOptions).</summary>
    public TypeSchema? Options { get; init; }

    /// <summary>Fields (paths with dots) that writes through it do not change, and so give to nobody.</summary>
    public IReadOnlyList<string> ResetFields { get; init; } = [Name == "status" ? "spec" : "status"];

    /// <summary>A request is passed on to something behind the object, so that neither its body nor its answer is an API object.</summary>
    public bool IsConnection { get; init; }

    /// <summary>More path may follow, and every HTTP method is passed on.</summary>
    public bool IsProxy { get; init; }

    /// <summary>A connection that is upgraded to streams.</summary>
    public static Subresource Stream(string name, TypeSchema options) =>
        new(name, Verbs.Create | Verbs.Get, new GroupVersionKind("", "", options.ShortName)) { Options = options, IsConnection = true };

    /// <summary>A proxy to what listens behind the object.</summary>
    public static Subresource Proxy(TypeSchema options) =>
        new("proxy", ProxyVerbs, new GroupVersionKind("", "", options.ShortName)) { Options = options, IsConnection = true, IsProxy = true };
}
