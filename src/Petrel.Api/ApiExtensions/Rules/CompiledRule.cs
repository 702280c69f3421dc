using Petrel.Api.Expressions;
using Petrel.Cel;
using Petrel.Cel.Types;

namespace Petrel.Api.ApiExtensions.Rules;

/// <summary>A rule as it is evaluated, or what is wrong with it.</summary>
public sealed class CompiledRule
{
    internal const string Self = "self";
    internal const string OldSelf = "oldSelf";

    private CompiledRule(ValidationRule rule) => Rule = rule;

    public ValidationRule Rule { get; }

    /// <summary>Null when the rule is empty or wrong.</summary>
    public CelProgram? Program { get; private init; }

    public string? Error { get; private init; }

    /// <summary>Null when there is none or it is wrong.</summary>
    public CelProgram? Message { get; private init; }

    public string? MessageError { get; private init; }

    /// <summary>What an evaluation costs at most.</summary>
    public ulong MaxCost { get; private init; }

    public ulong MessageMaxCost { get; private init; }

    /// <summary>The rule compares with the value before an update.</summary>
    public bool UsesOldSelf { get; private init; }

    /// <summary>Where errors are told, from the place of the rule; empty for there.</summary>
    public string ErrorPath { get; private init; } = "";

    /// <param name="type">What self is.</param>
    public static CompiledRule Compile(ValidationRule rule, RuleType type)
    {
        if (rule.Rule.Trim().Length == 0)
        {
            return new CompiledRule(rule);
        }

        var environment = KubernetesExpressions.Environment
            .WithVariable(Self, type.Type)
            .WithVariable(OldSelf, rule.OptionalOldSelf == true ? CelType.Optional(type.Type) : type.Type);
        var compilation = environment.Compile(rule.Rule);
        if (compilation.Program is not { } program)
        {
            return new CompiledRule(rule) { Error = "compilation failed: " + compilation.Errors };
        }

        if (!program.ResultType.Equals(CelType.Bool))
        {
            return new CompiledRule(rule) { Error = "cel expression must evaluate to a bool" };
        }

        var (message, messageError) = CompileMessage(environment, rule.MessageExpression);
        return new CompiledRule(rule)
        {
            Program = program,
            MaxCost = program.EstimateCost(type).Max,
            UsesOldSelf = program.Variables.Contains(OldSelf),
            Message = message,
            MessageError = messageError,
            MessageMaxCost = message?.EstimateCost(type).Max ?? 0,
        };
    }

    /// <summary>The rule with the place where its errors are told.</summary>
    internal CompiledRule At(string errorPath) => new(Rule)
    {
        Program = Program,
        Error = Error,
        Message = Message,
        MessageError = MessageError,
        MaxCost = MaxCost,
        MessageMaxCost = MessageMaxCost,
        UsesOldSelf = UsesOldSelf,
        ErrorPath = errorPath,
    };

    private static (CelProgram? Program, string? Error) CompileMessage(CelEnvironment environment, string expression)
    {
        if (expression.Length == 0)
        {
            return (null, null);
        }

        var compilation = environment.Compile(expression);
        return compilation.Program is not { } program ? (null, "messageExpression compilation failed: " + compilation.Errors)
            : program.ResultType.Equals(CelType.String) ? (program, null)
            : (null, "messageExpression must evaluate to a string");
    }
}
