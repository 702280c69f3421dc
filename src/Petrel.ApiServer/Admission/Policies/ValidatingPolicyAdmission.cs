using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Matching;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>Carries out ValidatingAdmissionPolicy objects: refuses requests, or warns, as the bindings say.</summary>
internal sealed class ValidatingPolicyAdmission(AdmissionPolicies policies, PolicyMatching matching, PolicyMetrics metrics, TimeProvider time) : IValidatingAdmission
{
    public string Name => "ValidatingAdmissionPolicy";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var inForce = policies.Validating.InForce;
        if (inForce.Count == 0 || RequestMatcher.IsExempt(request.Type.Info))
        {
            return;
        }

        StatusException? refusal = null;
        foreach (var (policy, bindings) in inForce)
        {
            // All are heard, so that each may warn; the first that refuses is told.
            var refused = await CheckAsync(policy, bindings, request, cancellationToken);
            refusal ??= refused;
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }

    private async ValueTask<StatusException?> CheckAsync(CompiledPolicy policy, IReadOnlyList<PolicyBinding> bindings, AdmissionRequest request, CancellationToken cancellationToken)
    {
        RequestVariables? variables = null;
        StatusException? refusal = null;
        foreach (var invocation in await matching.FindAsync(policy, bindings, request, cancellationToken))
        {
            if (invocation.Error.Length > 0)
            {
                refusal ??= policy.FailsClosed ? Refusal(new PolicyFinding(invocation.Error), policy, invocation.Binding, request) : null;
                continue;
            }

            try
            {
                variables ??= await matching.VariablesAsync(policy, invocation.Target, request, cancellationToken);
            }
            catch (ConversionException unconverted)
            {
                refusal ??= policy.FailsClosed ? Refusal(new PolicyFinding(PolicyFinding.Unconverted(unconverted)), policy, invocation.Binding, request) : null;
                continue;
            }

            foreach (var parameter in invocation.Parameters)
            {
                foreach (var finding in PolicyCheck.Run(policy, variables, parameter, time, cancellationToken))
                {
                    var refused = Apply(finding, policy, invocation.Binding!, request);
                    refusal ??= refused;
                }
            }
        }

        return refusal;
    }

    // The refusal, when the binding's actions ask for one.
    private StatusException? Apply(PolicyFinding finding, CompiledPolicy policy, PolicyBinding binding, AdmissionRequest request)
    {
        if (finding.IsIgnored)
        {
            metrics.Found(policy.Name, binding.Name, finding, "allow");
            return null;
        }

        foreach (var action in binding.Actions)
        {
            metrics.Found(policy.Name, binding.Name, finding, action.ToLowerInvariant());
        }

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
}
