using System.Globalization;
using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Matching;
using Petrel.ApiServer.Responses;
using Petrel.Cel.Values;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>
/// Carries out MutatingAdmissionPolicy objects, in the order of their names. When one changes the object there is a second round of
/// admission, for the policies that want to know what others changed after them.
/// </summary>
internal sealed class MutatingPolicyAdmission(AdmissionPolicies policies, PolicyMatching matching) : IMutatingAdmission
{
    public string Name => "MutatingAdmissionPolicy";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var inForce = policies.Mutating.InForce;
        if (inForce.Count == 0 || request.Object is null || RequestMatcher.IsExempt(request.Type.Info) || !FeatureGates.IsOn(KnownFeatures.MutatingAdmissionPolicy))
        {
            return;
        }

        request.PoliciesAgain.Begin(request);
        foreach (var bound in inForce)
        {
            await MutateAsync(bound, request, cancellationToken);
        }

        request.PoliciesAgain.Leave(request.Object);
    }

    private async ValueTask MutateAsync(BoundPolicy<CompiledMutations> bound, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var (policy, bindings) = bound;
        foreach (var invocation in await matching.FindAsync(policy, bindings, request, cancellationToken))
        {
            if (invocation.Error.Length > 0)
            {
                Fail(policy, invocation.Binding, invocation.Error, request);
                continue;
            }

            for (var i = 0; i < invocation.Parameters.Count; i++)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{policy.Name}/{invocation.Binding?.Name}/{i}");
                if (request.PoliciesAgain.IsWanted(key, request))
                {
                    await MutateAsync(policy, invocation, invocation.Parameters[i], key, request, cancellationToken);
                }
            }
        }
    }

    private async ValueTask MutateAsync(CompiledMutations policy, PolicyInvocation invocation, CelValue? parameter, string key, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var before = request.Object;
        string error;
        try
        {
            error = await MutateAsync(policy, invocation, parameter, request, cancellationToken);
        }
        catch (ConversionException unconverted)
        {
            error = PolicyFinding.Unconverted(unconverted);
        }

        if (error.Length > 0)
        {
            Fail(policy, invocation.Binding, error, request);
        }

        if (!Equals(before, request.Object))
        {
            request.PoliciesAgain.ObjectChanged();
            request.Reinvocation.Want();
        }

        if (policy.IsReinvoked)
        {
            request.PoliciesAgain.Asked(key);
        }
    }

    // The problem that ended it; empty for none. What was changed before it stays.
    private async ValueTask<string> MutateAsync(
        CompiledMutations policy, PolicyInvocation invocation, CelValue? parameter, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var variables = await matching.VariablesAsync(policy, invocation.Target, request, cancellationToken);
        var conditions = policy.Conditions.Evaluate(new PolicyEvaluation(variables, parameter, policy.Variables, cancellationToken), cancellationToken);
        if (!conditions.Matches)
        {
            return conditions.Error;
        }

        foreach (var (declared, program, error) in policy.Mutations)
        {
            if (program is null)
            {
                return error;
            }

            var result = new PolicyEvaluation(variables, parameter, policy.Variables, cancellationToken).Evaluate(program);
            if (result is null)
            {
                return "validation failed due to running out of cost budget, no further validation rules will be run";
            }

            if (result.Value.Error is { } failure)
            {
                return $"expression '{declared.Expression}' resulted in error: {failure}";
            }

            var (changed, problem) = await MutatedObject.OfAsync(declared, result.Value.Value, invocation.Target, request, cancellationToken);
            if (changed is null)
            {
                return problem;
            }

            request.Object = changed;
            variables = await matching.VariablesAsync(policy, invocation.Target, request, cancellationToken);
        }

        return "";
    }

    // Problems of the policy itself count only when it says so.
    private static void Fail(CompiledMutations policy, PolicyBinding? binding, string error, AdmissionRequest request)
    {
        if (policy.FailsClosed)
        {
            var message = $"policy '{policy.Name}'{(binding is null ? "" : $" with binding '{binding.Name}'")} denied request: {error}";
            throw new StatusException(Statuses.Forbidden(request.Type.Info.GroupResource, request.EffectiveName, message));
        }
    }
}
