using System.Text;
using Petrel.Cel;
using Petrel.Cel.Values;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>Evaluates a policy for one request and one set of params.</summary>
internal static class PolicyCheck
{
    /// <summary>Bytes of the longest message that an expression may give.</summary>
    private const int MessageBytesMax = 5 * 1024;

    private const string InvalidError = "invalid_error";

    private const string OverBudget = "validation failed due to running out of cost budget, no further validation rules will be run";

    /// <summary>What speaks against the request, in the order of the policy, and what would if it were not to be ignored.</summary>
    public static IReadOnlyList<PolicyFinding> Run(CompiledPolicy policy, ICelBindings request, CelValue? parameters, TimeProvider time, CancellationToken cancellationToken)
    {
        var evaluation = new PolicyEvaluation(request, parameters, policy.Variables, cancellationToken);
        var conditions = policy.Conditions.Evaluate(evaluation, cancellationToken);
        if (!conditions.Matches)
        {
            return conditions.Error.Length > 0 && policy.FailsClosed ? [new PolicyFinding(conditions.Error) { ErrorType = InvalidError }] : [];
        }

        var findings = new List<PolicyFinding>();
        foreach (var validation in policy.Validations)
        {
            var started = time.GetTimestamp();
            if (validation.Program is null)
            {
                AddFailure(findings, policy, "compile_error", $"compilation error: {validation.Error}", time.GetElapsedTime(started));
            }
            else if (evaluation.Evaluate(validation.Program) is not { } result)
            {
                AddFailure(findings, policy, "out_of_budget", OverBudget, time.GetElapsedTime(started));
                return findings;
            }
            else if (result.Error is { } error)
            {
                AddFailure(findings, policy, InvalidError, $"expression '{validation.Declared.Expression}' resulted in error: {error}", time.GetElapsedTime(started));
            }
            else if (result.Value is not CelBool { Value: true })
            {
                findings.Add(new PolicyFinding(MessageOf(validation, evaluation), validation.Declared.Reason ?? "Invalid") { Duration = time.GetElapsedTime(started) });
            }
        }

        foreach (var annotation in policy.AuditAnnotations)
        {
            var started = time.GetTimestamp();
            var error = annotation.Program is null ? annotation.Error : evaluation.Evaluate(annotation.Program) is { } result ? result.Error : OverBudget;
            if (error is not null)
            {
                AddFailure(findings, policy, InvalidError, $"valueExpression '{annotation.Expression}' resulted in error: {error}", time.GetElapsedTime(started));
            }
        }

        return findings;
    }

    // Problems of the policy itself count only when it says so.
    private static void AddFailure(List<PolicyFinding> findings, CompiledPolicy policy, string errorType, string message, TimeSpan duration) =>
        findings.Add(new PolicyFinding(message) { ErrorType = errorType, Duration = duration, IsIgnored = !policy.FailsClosed });

    // The expression's message, else the declared one, else the expression that failed.
    private static string MessageOf(CompiledValidation validation, PolicyEvaluation evaluation)
    {
        if (validation.Message is { } program && evaluation.Evaluate(program)?.Value is CelString { Value: var text }
            && text.Trim() is { Length: > 0 } message && Encoding.UTF8.GetByteCount(text) <= MessageBytesMax && !message.Contains('\n', StringComparison.Ordinal))
        {
            return message;
        }

        return validation.Declared.Message.Length > 0 ? validation.Declared.Message.Trim() : "failed expression: " + validation.Declared.Expression.Trim();
    }
}
