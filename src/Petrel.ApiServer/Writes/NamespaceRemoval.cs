using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.ApiServer.Writes;

/// <summary>A namespace stays until its own finalizers (spec.finalizers) are gone as well: its content goes first.</summary>
internal static class NamespaceRemoval
{
    /// <summary>The object is kept by finalizers of its own kind.</summary>
    public static bool IsKept(ApiObject value) => value is Namespace { Spec.Finalizers.Count: > 0 };

    /// <summary>What a delete makes of a kept object: a terminating namespace.</summary>
    public static ApiObject Terminating(ApiObject value) =>
        value is Namespace @namespace ? @namespace with { Status = @namespace.Status with { Phase = "Terminating" } } : value;
}
