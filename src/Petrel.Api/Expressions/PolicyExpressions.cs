using Petrel.Cel;
using Petrel.Cel.Types;

namespace Petrel.Api.Expressions;

/// <summary>The environments of a policy's expressions, which grow with its variables: each may use those before it.</summary>
public sealed class PolicyExpressions
{
    private readonly Dictionary<string, CelType> _variables = new(StringComparer.Ordinal);

    public PolicyExpressions(bool hasParams)
        : this(hasParams, CelType.Dyn, CelType.Dyn)
    {
    }

    /// <param name="target">The type of object and oldObject, where it is known.</param>
    /// <param name="param">The type of params, likewise.</param>
    internal PolicyExpressions(bool hasParams, CelType target, CelType param)
    {
        var variables = CelType.Object("kubernetes.variables", _variables.GetValueOrDefault);
        Environment = Make(hasAuthorizer: true);
        MessageEnvironment = Make(hasAuthorizer: false);
        CelEnvironment Make(bool hasAuthorizer)
        {
            var common = AdmissionExpressions.Environment(hasParams, hasAuthorizer).WithVariable("variables", variables).WithVariable("object", target).WithVariable("oldObject", target);
            return hasParams ? common.WithVariable("params", param) : common;
        }
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
