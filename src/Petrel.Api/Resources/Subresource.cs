namespace Petrel.Api.Resources;

/// <summary>A subresource as discovery lists it, e.g. <c>pods/exec</c>.</summary>
/// <param name="Name">The path element after the object's name.</param>
/// <param name="Verbs">What it offers.</param>
/// <param name="Kind">Kind of its body where it differs from the resource's own.</param>
public sealed record Subresource(string Name, Verbs Verbs, GroupVersionKind? Kind = null);
