namespace Petrel.ApiServer.Authorization;

/// <summary>Asks authorizers in order until one allows or denies; when none does, all their reasons are the answer's.</summary>
internal sealed class AuthorizerChain(params IReadOnlyList<IAuthorizer> authorizers) : IAuthorizer
{
    public async ValueTask<Decision> AuthorizeAsync(AuthorizationAttributes attributes)
    {
        var (reasons, errors) = (new List<string>(), new List<string>());
        foreach (var authorizer in authorizers)
        {
            var decision = await authorizer.AuthorizeAsync(attributes);
            if (decision.Verdict != Verdict.NoOpinion)
            {
                return decision;
            }

            AddText(reasons, decision.Reason);
            AddText(errors, decision.EvaluationError);
        }

        return new Decision(Verdict.NoOpinion, string.Join('\n', reasons), string.Join(", ", errors));
    }

    private static void AddText(List<string> list, string text)
    {
        if (text.Length > 0)
        {
            list.Add(text);
        }
    }
}
