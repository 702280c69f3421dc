using System.Globalization;

namespace Petrel.Api.Selectors;

/// <summary>One term of a label selector.</summary>
public sealed record LabelRequirement(string Key, LabelOperator Operator, ApiList<string> Values)
{
    public bool Matches(ApiMap<string> labels)
    {
        var present = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.In => present && Values.Contains(value!),
            LabelOperator.NotIn => !present || !Values.Contains(value!),
            LabelOperator.Exists => present,
            LabelOperator.DoesNotExist => !present,
            LabelOperator.GreaterThan => present && Compare(value!) is > 0,
            _ => present && Compare(value!) is < 0,
        };
    }

    private int? Compare(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var left)
        && long.TryParse(Values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : null;
}
