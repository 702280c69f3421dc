using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>Kubernetes' authorizer variable: authorizer.group('apps').resource('deployments').check('create').allowed().</summary>
public static class AuthorizerLibrary
{
    /// <summary>A check is dear: two fit into one expression.</summary>
    private const long CheckCost = 350_000;

    private static readonly CelType PathType = CelType.Opaque("kubernetes.authorization.PathCheck");
    private static readonly CelType GroupType = CelType.Opaque("kubernetes.authorization.GroupCheck");
    private static readonly CelType ResourceType = CelType.Opaque("kubernetes.authorization.ResourceCheck");
    private static readonly CelType DecisionType = CelType.Opaque("kubernetes.authorization.Decision");

    /// <summary>Type of the variable authorizer.</summary>
    public static CelType Type { get; } = CelType.Opaque("kubernetes.authorization.Authorizer");

    /// <summary>Type of the variable authorizer.requestResource.</summary>
    public static CelType RequestResourceType => ResourceType;

    public static CelLibrary Instance { get; } = new(
        "authorizer",
        [
            Builder("path", Type, PathType, static (question, text) => text.Length == 0 ? null : question with { Path = text }, "path must not be empty"),
            Builder("group", Type, GroupType, static (question, text) => question with { Group = text }),
            new CelFunction("serviceAccount",
            [
                new CelOverload([Type, CelType.String, CelType.String], Type, static values => ServiceAccount((Check)values[0], values[1].Text(), values[2].Text())) { IsMethod = true },
            ]),
            Builder("resource", GroupType, ResourceType, static (question, text) => text.Length == 0 ? null : question with { Resource = text }, "resource must not be empty"),
            Builder("subresource", ResourceType, ResourceType, static (question, text) => question with { Subresource = text }),
            Builder("namespace", ResourceType, ResourceType, static (question, text) => question with { Namespace = text }),
            Builder("name", ResourceType, ResourceType, static (question, text) => question with { Name = text }),
            Builder("fieldSelector", ResourceType, ResourceType, static (question, text) => question with { FieldSelector = text }),
            Builder("labelSelector", ResourceType, ResourceType, static (question, text) => question with { LabelSelector = text }),
            new CelFunction("check",
            [
                .. new[] { PathType, ResourceType }.Select(static type => Overloads.Binary<Check, CelString>(type, CelType.String, DecisionType, static (check, verb) => new Decision(check.Ask(check.Question with { Verb = verb.Value })))
                    .Method().Costing(static _ => CheckCost, static _ => CostRules.Fixed((ulong)CheckCost))),
            ]),
            new CelFunction("allowed", [Overloads.Unary<Decision>(DecisionType, CelType.Bool, static decision => CelValue.Of(decision.Answer.IsAllowed)).Method()]),
            new CelFunction("reason", [Overloads.Unary<Decision>(DecisionType, CelType.String, static decision => CelValue.Of(decision.Answer.Reason)).Method()]),
            new CelFunction("errored", [Overloads.Unary<Decision>(DecisionType, CelType.Bool, static decision => CelValue.Of(decision.Answer.Error.Length > 0)).Method()]),
            new CelFunction("error", [Overloads.Unary<Decision>(DecisionType, CelType.String, static decision => CelValue.Of(decision.Answer.Error)).Method()]),
        ])
    {
        Types = [Type, PathType, GroupType, ResourceType, DecisionType],
    };

    /// <summary>The value of the variable authorizer.</summary>
    /// <param name="ask">Answers a question, at once.</param>
    public static CelValue Authorizer(Func<AuthorizationQuestion, AuthorizationAnswer> ask) => new Check(Type, new AuthorizationQuestion("", null), ask);

    /// <summary>A check of a resource that is filled in already: the one of the request.</summary>
    public static CelValue RequestResource(Func<AuthorizationQuestion, AuthorizationAnswer> ask, AuthorizationQuestion question) => new Check(ResourceType, question, ask);

    private static CelFunction Builder(string name, CelType from, CelType to, Func<AuthorizationQuestion, string, AuthorizationQuestion?> change, string error = "") => new(
        name,
        [
            Overloads.Binary<Check, CelString>(from, CelType.String, to, (check, text) =>
                change(check.Question, text.Value) is { } question ? new Check(to, question, check.Ask) : CelError.Because(error)).Method(),
        ]);

    private static CelValue ServiceAccount(Check check, string @namespace, string name) =>
        @namespace.Length == 0 || name.Length == 0 || @namespace.Contains(':', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal)
            ? CelError.Because("Invalid service account namespace or name")
            : new Check(Type, check.Question with { ServiceAccount = (@namespace, name) }, check.Ask);

    private sealed class Check(CelType type, AuthorizationQuestion question, Func<AuthorizationQuestion, AuthorizationAnswer> ask) : CelOpaque
    {
        public AuthorizationQuestion Question { get; } = question;

        public Func<AuthorizationQuestion, AuthorizationAnswer> Ask { get; } = ask;

        public override CelType Type => type;

        public override bool EqualTo(CelValue other) => ReferenceEquals(this, other);
    }

    private sealed class Decision(AuthorizationAnswer answer) : CelOpaque
    {
        public AuthorizationAnswer Answer { get; } = answer;

        public override CelType Type => DecisionType;

        public override bool EqualTo(CelValue other) => ReferenceEquals(this, other);
    }
}
