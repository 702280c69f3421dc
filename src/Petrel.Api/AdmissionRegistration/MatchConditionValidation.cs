using Petrel.Api.Expressions;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Rules for the conditions of webhooks and policies.</summary>
internal static class MatchConditionValidation
{
    private const int CountMax = 64;

    /// <param name="hasParams">The expressions may use params.</param>
    public static void Validate(ApiList<MatchCondition> conditions, bool hasParams, FieldPath path, FieldErrors errors)
    {
        if (conditions.Count > CountMax)
        {
            errors.TooMany(path, conditions.Count, CountMax);
        }

        var environment = AdmissionExpressions.Environment(hasParams, hasAuthorizer: true);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            var (condition, place) = (conditions[i], path.Index(i));
            var expression = condition.Expression.Trim();
            if (expression.Length == 0)
            {
                errors.Required(place.Child("expression"));
            }
            else
            {
                AdmissionExpressions.Validate(environment, expression, AdmissionExpressions.Bool, place.Child("expression"), errors);
            }

            if (condition.Name.Length == 0)
            {
                errors.Required(place.Child("name"));
                continue;
            }

            errors.InvalidAll(place.Child("name"), condition.Name, NameFormats.QualifiedName(condition.Name));
            if (!names.Add(condition.Name))
            {
                errors.Duplicate(place.Child("name"), condition.Name);
            }
        }
    }
}
