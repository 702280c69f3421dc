using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Core;
using Petrel.Api.Rbac;
using Petrel.Api.Registration;
using Petrel.Api.Resources;
using Petrel.Api.RuntimeClasses;
using Petrel.Api.Scheduling;
using Petrel.Api.Schema;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Admission.Policies;
using Petrel.ApiServer.Admission.Webhooks;
using Petrel.ApiServer.Aggregation;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authentication.Impersonation;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Authorization.Feeds;
using Petrel.ApiServer.Authorization.Node;
using Petrel.ApiServer.Authorization.Rbac;
using Petrel.ApiServer.Authorization.Reviews;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Nodes;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Subresources;
using Petrel.ApiServer.Tokens;
using Petrel.ApiServer.Virtual;
using Petrel.ApiServer.Webhooks;
using Petrel.Metrics;
using Petrel.Storage;

namespace Petrel.ApiServer;

/// <summary>
/// Who may enter and what he may do: puts together authentication, authorization and all that answers questions about
/// them. The lists below are the order in which things are asked.
/// </summary>
public sealed class ServerSecurity : IAsyncDisposable
{
    private readonly IStore _store;
    private readonly SigningKey _tokenKey;
    private readonly IReadOnlyList<IFeed> _feeds;
    private readonly ServiceAccountTokenAuthenticator _boundTokens;
    private readonly LegacyTokenAuthenticator _legacyTokens;
    private readonly IReadOnlyList<CountedAuthorizer> _authorizers;

    /// <exception cref="PkiException">The key for tokens cannot be used.</exception>
    /// <exception cref="InvalidDataException">The token file is malformed.</exception>
    /// <exception cref="FormatException">A setting cannot be.</exception>
    public ServerSecurity(PkiFolder pki, IStore store, SecurityOptions options, TimeProvider time, ILogger<ServerSecurity> logger)
    {
        if (options.Tokens.Problems() is { Count: > 0 } problems)
        {
            throw new FormatException(string.Join("; ", problems));
        }

        _store = store;
        _tokenKey = SigningKey.FromPem(pki.TokenKeyPem);
        var objects = new StoredObjects(store, time);
        var audiences = options.Tokens.EffectiveAudiences;
        ITokenAuthenticator[] fileTokens = options.TokenFile.Length == 0 ? [] : [new StaticTokenAuthenticator(File.ReadLines(options.TokenFile))];
        _boundTokens = new ServiceAccountTokenAuthenticator(_tokenKey, options.Tokens, new TokenLiveness(objects), time);
        _legacyTokens = new LegacyTokenAuthenticator(_tokenKey, options.Tokens, objects);
        var tokens = new TokenAuthentication([.. fileTokens, _boundTokens, _legacyTokens, new BootstrapTokenAuthenticator(objects, time)]);
        var authentication = new RequestAuthentication(
            [
                new RequestHeaderAuthenticator(new ClientCertificateVerifier(options.RequestHeader.AuthoritiesOr(pki.FrontProxy.Roots), time), options.RequestHeader),
                new ClientCertificateAuthenticator(new ClientCertificateVerifier(pki.Authority.Roots, time)),
                new BearerTokenAuthenticator(tokens, audiences),
            ],
            options.AllowAnonymous);

        var (roles, nodes) = (new RbacIndex(), new NodeGraph());
        _authorizers = [new("Node", new NodeAuthorizer(nodes, NodeRoles.NodeRules, time)), new("RBAC", new RbacAuthorizer(roles))];
        Authorizer = new AuthorizerChain([new MastersAuthorizer(), .. _authorizers]);
        _feeds =
        [
            Feed<ClusterRole>(store, roles, time, logger),
            Feed<ClusterRoleBinding>(store, roles, time, logger),
            Feed<Role>(store, roles, time, logger),
            Feed<RoleBinding>(store, roles, time, logger),
            Feed<Pod>(store, nodes, time, logger),
            Feed<Api.DynamicResources.ResourceSlice>(store, nodes, time, logger),
            Feed(store, Policies.Validating.Policies, time, logger),
            Feed(store, Policies.Validating.Bindings, time, logger),
            Feed(store, Policies.Mutating.Policies, time, logger),
            Feed(store, Policies.Mutating.Bindings, time, logger),
            Feed<PriorityClass>(store, Classes.Priorities, time, logger),
            Feed<RuntimeClass>(store, Classes.Runtimes, time, logger),
            Feed<MutatingWebhookConfiguration>(store, Webhooks.Mutating, time, logger),
            Feed<ValidatingWebhookConfiguration>(store, Webhooks.Validating, time, logger),
            Feed<APIService>(store, ApiServices, time, logger),
        ];

        WebhookClients = new WebhookClients(new ServiceAddresses(new ResourceStore(store, ResourceType.Of<Service>(), time)), options.Proxy, time);
        NodeClients = new NodeClients(new NodeClientTls(pki.Authority, time));
        Authentication = authentication;
        ImpersonationFilter = new ImpersonationFilter(new Impersonator(Authorizer));
        ExtensionClients = new ExtensionClients(new RenewedCertificate(pki.FrontProxy.IssueFrontProxyClient, time), options.Proxy);
        Validating = [new EscalationAdmission(new EscalationCheck(roles, Authorizer))];
        Virtuals = ReviewResources.List(new AccessReviews(Authorizer), new RulesReviews(roles), new IdentityReviews(tokens, audiences));
        Subresources = [new TokenSubresource(new TokenRequests(_tokenKey, options.Tokens, objects, time))];
        ExternalHost = options.ExternalHost;
        Paths = [new IssuerPaths(new IssuerDocuments(_tokenKey, options.Tokens), options.ExternalHost)];
    }

    /// <summary>For whoever must decide about a user outside the pipeline, as admission does.</summary>
    public IAuthorizer Authorizer { get; }

    /// <summary>Finds out who asks.</summary>
    internal IAuthenticator Authentication { get; }

    /// <summary>The step of the pipeline that lets him be somebody else.</summary>
    internal IRequestFilter ImpersonationFilter { get; }

    /// <summary>What must look at roles and bindings before they are stored.</summary>
    internal IReadOnlyList<IValidatingAdmission> Validating { get; }

    /// <summary>The admission policies that are in force.</summary>
    internal AdmissionPolicies Policies { get; } = new();

    /// <summary>The classes that pods name.</summary>
    internal PodClasses Classes { get; } = new();

    /// <summary>The admission webhooks that are in force.</summary>
    internal WebhookIndexes Webhooks { get; } = new();

    /// <summary>For whoever asks webhooks.</summary>
    internal WebhookClients WebhookClients { get; }

    /// <summary>How this server shows itself to node agents, and which of them it believes.</summary>
    internal NodeClients NodeClients { get; }

    /// <summary>Which group versions other servers serve.</summary>
    internal ApiServiceIndex ApiServices { get; } = new();

    /// <summary>How this server shows itself to these.</summary>
    internal ExtensionClients ExtensionClients { get; }

    internal IReadOnlyList<IVirtualResource> Virtuals { get; }

    internal IReadOnlyList<ISubresource> Subresources { get; }

    /// <summary>Host and port that clients are told of; empty for those that they used.</summary>
    internal string ExternalHost { get; }

    internal IReadOnlyList<IPathHandler> Paths { get; }

    /// <summary>Shows who decided, and whose tokens were used, under upstream's names.</summary>
    internal void Show(MetricRegistry registry)
    {
        CountedAuthorizer.Show(registry, _authorizers);
        registry.Read("serviceaccount_valid_tokens_total", "counter", "Uses of projected tokens of service accounts in their time.", () => _boundTokens.Valid.Value);
        registry.Read("serviceaccount_stale_tokens_total", "counter", "Uses of projected tokens of service accounts that should have been replaced.", () => _boundTokens.Stale.Value);
        registry.Read("serviceaccount_legacy_tokens_total", "counter", "Uses of tokens of service accounts that are kept in secrets.", () => _legacyTokens.Used.Value);
    }

    /// <summary>Loads roles, bindings, pods, policies, webhooks, classes and registrations; before, only the administrators may do anything.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(_feeds.Select(feed => feed.StartAsync(cancellationToken)));

    /// <summary>Completes when all that is stored now counts; a change counts a moment after it was made otherwise.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var now = await _store.GetStatusAsync(cancellationToken);
        await Task.WhenAll(_feeds.Select(feed => feed.ReachAsync(now.Revision, cancellationToken)));
    }

    /// <summary>Signs the token for a secret of type kubernetes.io/service-account-token, for the controller that fills these.</summary>
    public string IssueLegacyToken(ServiceAccount account, Secret secret) => LegacyTokens.Issue(account, secret, _tokenKey);

    public async ValueTask DisposeAsync()
    {
        foreach (var feed in _feeds)
        {
            await feed.DisposeAsync();
        }

        WebhookClients.Dispose();
        NodeClients.Dispose();
        ExtensionClients.Dispose();
        _tokenKey.Dispose();
    }

    private static StoredObjectFeed<T> Feed<T>(IStore store, IFeedTarget<T> target, TimeProvider time, ILogger logger)
        where T : ApiObject, IResource<T>, IApiType<T> =>
        new(new ResourceStore(store, ResourceType.Of<T>(), time), target, time, logger);
}
