using Petrel.Api.Selectors;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization;
using Petrel.Cel.Libraries;

namespace Petrel.ApiServer.Admission.Matching;

/// <summary>Answers what expressions ask the variable authorizer.</summary>
internal static class ExpressionAuthorizer
{
    public static AuthorizationAnswer Ask(IAuthorizer authorizer, UserInfo user, AuthorizationQuestion question)
    {
        var attributes = new AuthorizationAttributes(question.ServiceAccount is { } account ? ServiceAccount(account.Namespace, account.Name) : user, question.Verb)
        {
            IsResource = question.Path is null,
            Path = question.Path ?? "",
            Group = question.Group,
            Version = question.Path is null ? "*" : "",
            Resource = question.Resource,
            Subresource = question.Subresource,
            Namespace = question.Namespace,
            Name = question.Name,
            FieldSelector = FieldSelectorExpression.TryParse(question.FieldSelector, out var selector, out _) ? selector : FieldSelectorExpression.Everything,
        };

        // Expressions are evaluated in one go; authorizers look into memory.
        var pending = authorizer.AuthorizeAsync(attributes);
        var decision = pending.IsCompleted ? pending.Result : pending.AsTask().GetAwaiter().GetResult();
        return new AuthorizationAnswer(decision.IsAllowed, decision.Reason, decision.EvaluationError);
    }

    private static UserInfo ServiceAccount(string @namespace, string name) => new($"system:serviceaccount:{@namespace}:{name}")
    {
        Groups = ["system:serviceaccounts", "system:serviceaccounts:" + @namespace],
    };
}
