using Petrel.Api;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Expressions;
using Petrel.Cel;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A compiled variable of a policy.</summary>
/// <param name="Program">Null when it does not compile.</param>
internal sealed record PolicyVariable(string Name, CelProgram? Program, string Error)
{
    /// <summary>Compiles variables in order; each can use those before it.</summary>
    public static IReadOnlyList<PolicyVariable> CompileAll(ApiList<Variable> variables, PolicyExpressions expressions) =>
    [
        .. variables.Select(variable =>
        {
            var compilation = expressions.AddVariable(variable.Name, variable.Expression);
            return new PolicyVariable(variable.Name, compilation.Program, compilation.Errors.Length == 0 ? "" : "compilation failed: " + compilation.Errors);
        }),
    ];
}
