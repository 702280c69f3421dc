using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Matching;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Petrel.Cel.Values;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>Finds out which bindings make a policy apply to a request, and with which params.</summary>
internal sealed class PolicyMatching(Func<ResourceRegistry> registry, IAuthorizer authorizer)
{
    private readonly RequestMatcher _matcher = new(() => registry().Of<Namespace>(), type => ObjectVersions.EquivalentTo(registry(), type));
    private readonly PolicyParameters _parameters = new(registry);

    public async ValueTask<IReadOnlyList<PolicyInvocation>> FindAsync(
        PolicyRules policy, IReadOnlyList<PolicyBinding> bindings, AdmissionRequest request, CancellationToken cancellationToken)
    {
        ResourceType? target;
        try
        {
            target = await _matcher.MatchAsync(policy.Criteria, request, cancellationToken);
        }
        catch (StatusException exception)
        {
            return [new(null, request.Type, [], "failed to configure policy: " + exception.Status.Message)];
        }

        if (target is null)
        {
            return [];
        }

        var parameterKind = policy.ParamKind is { } kind ? _parameters.FindKind(kind) : null;
        if (policy.ParamKind is { } missing && parameterKind is null)
        {
            return [new(null, target, [], $"failed to configure policy: failed to find resource referenced by paramKind: '{missing.ApiVersion}, Kind={missing.Kind}'")];
        }

        var found = new List<PolicyInvocation>();
        foreach (var binding in bindings)
        {
            try
            {
                if (binding.Criteria is not null && await _matcher.MatchAsync(binding.Criteria, request, cancellationToken) is null)
                {
                    continue;
                }
            }
            catch (StatusException exception)
            {
                found.Add(new(binding, target, [], "failed to configure binding: " + exception.Status.Message));
                continue;
            }

            var (parameters, error) = await ParametersAsync(parameterKind, binding, request, cancellationToken);
            found.Add(new(binding, target, parameters, error.Length > 0 ? "failed to configure binding: " + error : ""));
        }

        return found;
    }

    /// <summary>The request as the policy's expressions see it now.</summary>
    /// <exception cref="ConversionException">The objects cannot be had in the version of the kind.</exception>
    public async ValueTask<RequestVariables> VariablesAsync(PolicyRules policy, ResourceType target, AdmissionRequest request, CancellationToken cancellationToken) =>
        await RequestVariables.OfAsync(request, target, policy.UsesNamespace ? await NamespaceAsync(request, cancellationToken) : null, authorizer, cancellationToken);

    // One null value when the policy has no params, or the binding names none.
    private static async ValueTask<(IReadOnlyList<CelValue?> Values, string Error)> ParametersAsync(
        ResourceEndpoint? kind, PolicyBinding binding, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (kind is null || binding.ParamRef is null)
        {
            return ([kind is null ? null : CelNull.Instance], "");
        }

        var (objects, error) = await PolicyParameters.FindAsync(kind, binding.ParamRef, request.EffectiveNamespace, cancellationToken);
        return ([.. objects.Select(RequestVariables.ValueOf)], error);
    }

    private async ValueTask<Namespace?> NamespaceAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        request.EffectiveNamespace.Length > 0 && await registry().Of<Namespace>().Store.FindDecodedAsync("", request.EffectiveNamespace, cancellationToken) is { } found
            ? (Namespace)found
            : request.Object as Namespace;
}
