namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>Allows what the user's roles allow; has no opinion on anything else.</summary>
internal sealed class RbacAuthorizer(IRbacObjects objects) : IAuthorizer
{
    public ValueTask<Decision> AuthorizeAsync(AuthorizationAttributes attributes) => ValueTask.FromResult(Decide(attributes));

    private Decision Decide(AuthorizationAttributes attributes)
    {
        var missing = new List<string>();
        // Paths are cluster-wide: bindings of namespaces say nothing about them.
        foreach (var bound in RuleResolution.Of(objects.Current, attributes.User, attributes.IsResource ? attributes.Namespace : ""))
        {
            if (bound.Rules is not { } rules)
            {
                missing.Add(bound.MissingRole);
                continue;
            }

            foreach (var rule in rules)
            {
                if (RuleMatch.Allows(rule, attributes))
                {
                    return Decision.Allow(bound.Reason);
                }
            }
        }

        return Decision.NoOpinion(missing.Count switch
        {
            0 => "",
            1 => $"RBAC: {missing[0]}",
            _ => $"RBAC: [{string.Join(", ", missing.Distinct())}]",
        });
    }
}
