namespace Petrel.Api.Meta;

/// <summary>Changes lists of conditions.</summary>
public static class ConditionList
{
    /// <summary>The list with the condition in place of the one of its type, or at the end. The transition time is kept while the status stays.</summary>
    public static ApiList<Condition> WithCondition(this ApiList<Condition> conditions, Condition condition, DateTimeOffset now)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Type == condition.Type)
            {
                var since = conditions[i].Status == condition.Status ? conditions[i].LastTransitionTime : now;
                return conditions.SetItem(i, condition with { LastTransitionTime = since });
            }
        }

        return conditions.Add(condition with { LastTransitionTime = now });
    }
}
