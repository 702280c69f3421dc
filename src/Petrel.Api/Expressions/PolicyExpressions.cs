using Petrel.Cel;
using Petrel.Cel.Types;

namespace Petrel.Api.Expressions;

/// <summary>The environments of a policy's expressions, which grow with its variables: each may use those before it.</summary>
public sealed class PolicyExpressions
{
    private readonly Dictionary<string, CelType> _variables = new(StringComparer.Ordinal);

    public PolicyExpressions(bool hasParams)
    {
        var variables = CelType.Object("kubernetes.variables", _variables.GetValueOrDefault);
        Environment = AdmissionExpressions.Environment(hasParams, hasAuthorizer: true).WithVariable("variables", variables);
        MessageEnvironment = AdmissionExpressions.Environment(hasParams, hasAuthorizer: false).WithVariable("variables", variables);
    }

    /// <summary>Of variables, conditions, mutations and audit annotations.</summary>
    public CelEnvironment Environment { get; }

    /// <summary>Of messages, which must not ask the authorizer.</summary>
    public CelEnvironment MessageEnvironment { get; }

    /// <summary>Compiles a variable; expressions that come later may use it.</summary>
    public CelCompilation AddVariable(string name, string expression)
    {
        var compilation = Environment.Compile(expression);
        if (compilation.Program is { } program)
        {
            _variables[name] = program.ResultType;
        }

        return compilation;
    }
}
