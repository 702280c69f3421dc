using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Matching;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Petrel.Cel.Values;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>Carries out ValidatingAdmissionPolicy objects: refuses requests, or warns, as the bindings say.</summary>
internal sealed class ValidatingPolicyAdmission(PolicyIndex policies, Func<ResourceRegistry> registry, IAuthorizer authorizer) : IValidatingAdmission
{
    private readonly RequestMatcher _matcher = new(() => registry().Of<Namespace>(), type => EquivalentTo(registry(), type));
    private readonly PolicyParameters _parameters = new(registry);

    public string Name => "ValidatingAdmissionPolicy";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var inForce = policies.InForce;
        if (inForce.Count == 0 || RequestMatcher.IsExempt(request.Type.Info))
        {
            return;
        }

        StatusException? refusal = null;
        foreach (var (policy, bindings) in inForce)
        {
            refusal ??= await CheckAsync(policy, bindings, request, cancellationToken);
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }

    private async ValueTask<StatusException?> CheckAsync(CompiledPolicy policy, IReadOnlyList<PolicyBinding> bindings, AdmissionRequest request, CancellationToken cancellationToken)
    {
        ResourceType? target;
        try
        {
            target = await _matcher.MatchAsync(policy.Criteria, request, cancellationToken);
        }
        catch (StatusException exception)
        {
            return Misconfigured(policy, null, "failed to configure policy: " + exception.Status.Message, request);
        }

        if (target is null)
        {
            return null;
        }

        var parameterKind = policy.ParamKind is { } kind ? _parameters.FindKind(kind) : null;
        if (policy.ParamKind is { } missing && parameterKind is null)
        {
            return Misconfigured(policy, null, $"failed to configure policy: failed to find resource referenced by paramKind: '{missing.ApiVersion}, Kind={missing.Kind}'", request);
        }

        RequestVariables? variables = null;
        StatusException? refusal = null;
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
                refusal ??= Misconfigured(policy, binding, "failed to configure binding: " + exception.Status.Message, request);
                continue;
            }

            var (parameters, error) = await ParametersAsync(parameterKind, binding, request, cancellationToken);
            if (error.Length > 0)
            {
                refusal ??= Misconfigured(policy, binding, "failed to configure binding: " + error, request);
                continue;
            }

            variables ??= new RequestVariables(request, target, policy.UsesNamespace ? await NamespaceAsync(request, cancellationToken) : null, authorizer);
            foreach (var parameter in parameters)
            {
                foreach (var finding in PolicyCheck.Run(policy, variables, parameter, cancellationToken))
                {
                    refusal ??= Apply(finding, policy, binding, request);
                }
            }
        }

        return refusal;
    }

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
        request.EffectiveNamespace.Length > 0 && await registry().Of<Namespace>().Store.FindAsync("", request.EffectiveNamespace, cancellationToken) is { } stored
            ? (Namespace)stored.Decode()
            : request.Object as Namespace;

    private static StatusException? Misconfigured(CompiledPolicy policy, PolicyBinding? binding, string message, AdmissionRequest request) =>
        policy.FailsClosed ? Refusal(new PolicyFinding(message), policy, binding, request) : null;

    // The refusal, when the binding's actions ask for one.
    private static StatusException? Apply(PolicyFinding finding, CompiledPolicy policy, PolicyBinding binding, AdmissionRequest request)
    {
        if (binding.Actions.Contains("Warn"))
        {
            request.Warn($"Validation failed for ValidatingAdmissionPolicy '{policy.Name}' with binding '{binding.Name}': {finding.Message}");
        }

        return binding.Actions.Contains("Deny") ? Refusal(finding, policy, binding, request) : null;
    }

    private static StatusException Refusal(PolicyFinding finding, CompiledPolicy policy, PolicyBinding? binding, AdmissionRequest request)
    {
        var message = $"ValidatingAdmissionPolicy '{policy.Name}'{(binding is null ? "" : $" with binding '{binding.Name}'")} denied request: {finding.Message}";
        var status = Statuses.Forbidden(request.Type.Info.GroupResource, request.EffectiveName, message);
        return new StatusException(status with
        {
            Reason = finding.Reason,
            Code = finding.Reason switch
            {
                "Forbidden" => 403,
                "RequestEntityTooLarge" => 413,
                _ => 422,
            },
            Details = status.Details! with { Causes = [new StatusCause { Message = message }] },
        });
    }

    // Other versions of the same stored objects.
    private static IEnumerable<ResourceType> EquivalentTo(ResourceRegistry registry, ResourceType type)
    {
        var stored = type.Storage?.Type.ClrType ?? type.ClrType;
        return registry.Endpoints.Select(static endpoint => endpoint.Type)
            .Where(other => other.ClrType != type.ClrType && (other.Storage?.Type.ClrType ?? other.ClrType) == stored);
    }
}
