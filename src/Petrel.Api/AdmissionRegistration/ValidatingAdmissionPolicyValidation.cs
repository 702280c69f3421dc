using Petrel.Api.Expressions;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Rules for validating admission policies; expressions are compiled as they will be evaluated.</summary>
internal static class ValidatingAdmissionPolicyValidation
{
    private const int AuditAnnotationsMax = 20;
    private const int ValueExpressionBytesMax = 5 * 1024;

    private static readonly string[] FailurePolicies = ["Fail", "Ignore"];
    private static readonly string[] Reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge"];

    /// <param name="old">The policy before an update.</param>
    public static void Validate(ValidatingAdmissionPolicy policy, ValidatingAdmissionPolicy? old, FieldErrors errors)
    {
        var (spec, path) = (policy.Spec, FieldPath.Root.Child("spec"));
        ValidateFailurePolicy(spec.FailurePolicy, path.Child("failurePolicy"), errors);
        spec.ParamKind?.Validate(path.Child("paramKind"), errors);
        ValidateConstraints(spec.MatchConstraints, path.Child("matchConstraints"), errors);

        // Conditions that did not change stay allowed, whatever newer rules say.
        if (old is null || old.Spec.MatchConditions != spec.MatchConditions || old.Spec.ParamKind != spec.ParamKind)
        {
            MatchConditionValidation.Validate(spec.MatchConditions, spec.ParamKind is not null, path.Child("matchConditions"), errors);
        }

        var expressions = new PolicyExpressions(spec.ParamKind is not null);
        ValidateVariables(spec.Variables, expressions, path.Child("variables"), errors);
        if (spec.Validations.IsEmpty && spec.AuditAnnotations.IsEmpty)
        {
            errors.Required(path.Child("validations"), "validations or auditAnnotations must contain at least one item");
            errors.Required(path.Child("auditAnnotations"), "validations or auditAnnotations must contain at least one item");
            return;
        }

        for (var i = 0; i < spec.Validations.Count; i++)
        {
            ValidateValidation(spec.Validations[i], expressions, path.Child("validations").Index(i), errors);
        }

        ValidateAuditAnnotations(policy, expressions, path.Child("auditAnnotations"), errors);
    }

    public static void ValidateFailurePolicy(string? failurePolicy, FieldPath path, FieldErrors errors)
    {
        if (failurePolicy is null)
        {
            errors.Required(path);
        }
        else if (!FailurePolicies.Contains(failurePolicy))
        {
            errors.NotSupported(path, failurePolicy, FailurePolicies);
        }
    }

    public static void ValidateConstraints(MatchResources? constraints, FieldPath path, FieldErrors errors)
    {
        if (constraints is null)
        {
            errors.Required(path);
            return;
        }

        constraints.Validate(path, errors);
        if (constraints.ResourceRules.IsEmpty)
        {
            errors.Required(path.Child("resourceRules"));
        }
    }

    public static void ValidateVariables(ApiList<Variable> variables, PolicyExpressions expressions, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < variables.Count; i++)
        {
            var (variable, place) = (variables[i], path.Index(i));
            if (variable.Name.Trim().Length == 0)
            {
                errors.Required(place.Child("name"), "name is not specified");
            }
            else if (!AdmissionExpressions.IsIdentifier(variable.Name))
            {
                errors.Invalid(place.Child("name"), variable.Name, "name is not a valid CEL identifier");
            }

            if (variable.Expression.Trim().Length == 0)
            {
                errors.Required(place.Child("expression"), "expression is not specified");
            }
            else if (expressions.AddVariable(variable.Name, variable.Expression) is { Program: null } compilation)
            {
                errors.Invalid(place.Child("expression"), variable.Expression, "compilation failed: " + compilation.Errors);
            }
        }
    }

    private static void ValidateValidation(Validation validation, PolicyExpressions expressions, FieldPath path, FieldErrors errors)
    {
        if (validation.Expression.Trim().Length == 0)
        {
            errors.Required(path.Child("expression"), "expression is not specified");
        }
        else
        {
            AdmissionExpressions.Validate(expressions.Environment, validation.Expression, AdmissionExpressions.Bool, path.Child("expression"), errors);
        }

        if (validation.MessageExpression.Trim().Length != 0)
        {
            AdmissionExpressions.Validate(expressions.MessageEnvironment, validation.MessageExpression, AdmissionExpressions.String, path.Child("messageExpression"), errors);
        }
        else if (validation.MessageExpression.Length > 0)
        {
            errors.Invalid(path.Child("messageExpression"), validation.MessageExpression, "must be non-empty if specified");
        }

        var message = validation.Message.Trim();
        if (validation.Message.Length > 0 && message.Length == 0)
        {
            errors.Invalid(path.Child("message"), validation.Message, "message must be non-empty if specified");
        }
        else if (message.AsSpan().ContainsAny('\n', '\r'))
        {
            errors.Invalid(path.Child("message"), validation.Message, "message must not contain line breaks");
        }

        if (validation.Reason is { } reason && !Reasons.Contains(reason))
        {
            errors.NotSupported(path.Child("reason"), reason, Reasons);
        }
    }

    private static void ValidateAuditAnnotations(ValidatingAdmissionPolicy policy, PolicyExpressions expressions, FieldPath path, FieldErrors errors)
    {
        var annotations = policy.Spec.AuditAnnotations;
        if (annotations.Count > AuditAnnotationsMax)
        {
            var list = annotations.Select(static annotation => $"admissionregistration.AuditAnnotation{{Key:{GoSyntax.Quote(annotation.Key)}, ValueExpression:{GoSyntax.Quote(annotation.ValueExpression)}}}");
            errors.InvalidPlain(path, $"[]admissionregistration.AuditAnnotation{{{string.Join(", ", list)}}}", FormattableString.Invariant($"must not have more than {AuditAnnotationsMax} auditAnnotations"));
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < annotations.Count; i++)
        {
            var (annotation, place) = (annotations[i], path.Index(i));
            if (policy.Metadata.Name.Length == 0)
            {
                errors.Invalid(place.Child("key"), annotation.Key, "requires metadata.name be non-empty");
            }
            else
            {
                var name = $"{policy.Metadata.Name}/{annotation.Key}";
                errors.InvalidAll(place.Child("key"), name, NameFormats.QualifiedName(name));
            }

            ValidateValueExpression(annotation.ValueExpression, expressions, place.Child("valueExpression"), errors);
            if (!keys.Add(annotation.Key))
            {
                errors.Duplicate(place.Child("key"), annotation.Key);
            }
        }
    }

    private static void ValidateValueExpression(string expression, PolicyExpressions expressions, FieldPath path, FieldErrors errors)
    {
        var trimmed = expression.Trim();
        if (trimmed.Length == 0)
        {
            errors.Required(path, "valueExpression is not specified");
        }
        else if (NameFormats.Bytes(trimmed) > ValueExpressionBytesMax)
        {
            errors.Required(path, FormattableString.Invariant($"must not exceed {ValueExpressionBytesMax} bytes in length"));
        }
        else
        {
            AdmissionExpressions.Validate(expressions.Environment, trimmed, AdmissionExpressions.StringOrNull, path, errors);
        }
    }
}
