using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Expressions;
using Petrel.Cel;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A mutating policy with its expressions compiled.</summary>
internal sealed class CompiledMutations : PolicyRules
{
    public CompiledMutations(MutatingAdmissionPolicy policy)
        : base(policy.Metadata.Name, policy.Spec.ParamKind, policy.Spec.FailurePolicy, policy.Spec.MatchConstraints, policy.Spec.MatchConditions, policy.Spec.Variables)
    {
        IsReinvoked = policy.Spec.ReinvocationPolicy == "IfNeeded";
        Mutations =
        [
            .. policy.Spec.Mutations.Select(mutation =>
            {
                var (program, error) = MutationExpressions.Compile(Expressions, mutation);
                return (mutation, program, error);
            }),
        ];
    }

    /// <summary>The policy is asked again when others change the object after it.</summary>
    public bool IsReinvoked { get; }

    /// <summary>The changes in order. A program is null when the expression does not compile.</summary>
    public IReadOnlyList<(Mutation Declared, CelProgram? Program, string Error)> Mutations { get; }

    protected override IEnumerable<CelProgram?> Programs => Mutations.Select(static mutation => mutation.Program);
}
