using Petrel.Api;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Selectors;
using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>Finds the objects that a binding gives to its policy as params.</summary>
internal sealed class PolicyParameters(Func<ResourceRegistry> registry)
{
    /// <summary>The resource of a policy's paramKind; null when it is not served.</summary>
    public ResourceEndpoint? FindKind(ParamKind kind) =>
        registry().Endpoints.FirstOrDefault(endpoint => endpoint.Info.Kind == kind.Kind && endpoint.Info.ApiVersion == kind.ApiVersion);

    /// <summary>The objects, or why the binding cannot be carried out. None is not an error when the binding allows it.</summary>
    public static async ValueTask<(IReadOnlyList<ApiObject> Objects, string Error)> FindAsync(
        ResourceEndpoint endpoint, ParamRef reference, string requestNamespace, CancellationToken cancellationToken)
    {
        var @namespace = "";
        if (endpoint.Info.Namespaced)
        {
            @namespace = reference.Namespace.Length > 0 ? reference.Namespace : requestNamespace;
            if (@namespace.Length == 0)
            {
                return ([], "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
            }
        }
        else if (reference.Namespace.Length > 0)
        {
            return ([], "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }

        var found = reference.Selector is null
            ? await OneAsync(endpoint, @namespace, reference.Name, cancellationToken)
            : await SelectedAsync(endpoint, @namespace, LabelSelectorExpression.From(reference.Selector), cancellationToken);
        return found.Count == 0 && reference.ParameterNotFoundAction == "Deny"
            ? ([], "no params found for policy binding with `Deny` parameterNotFoundAction")
            : (found, "");
    }

    private static async ValueTask<IReadOnlyList<ApiObject>> OneAsync(ResourceEndpoint endpoint, string @namespace, string name, CancellationToken cancellationToken) =>
        await endpoint.Store.FindAsync(@namespace, name, cancellationToken) is { } stored ? [stored.Decode()] : [];

    private static async ValueTask<IReadOnlyList<ApiObject>> SelectedAsync(
        ResourceEndpoint endpoint, string @namespace, LabelSelectorExpression selector, CancellationToken cancellationToken)
    {
        var result = await endpoint.Store.RangeAsync(new RangeRequest(endpoint.Store.RangeOf(@namespace)), cancellationToken);
        return [.. (await endpoint.Store.ReadAsync(result.Items, cancellationToken)).Select(static stored => stored.Decode()).Where(value => selector.Matches(value.Metadata.Labels))];
    }
}
