using System.CommandLine;
using Petrel.Api;
using Petrel.ApiServer;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Tokens;

namespace Petrel.Program.Commands;

/// <summary>The options by which the API server knows who makes a request, under upstream's names.</summary>
internal sealed class IdentityArguments
{
    private static readonly SecurityOptions Defaults = new();
    private static readonly RequestHeaderOptions Proxies = Defaults.RequestHeader;

    private readonly Option<bool> _anonymous = Switch("--anonymous-auth", "Requests without credentials are made by system:anonymous, who may do little", Defaults.AllowAnonymous);
    private readonly Option<string> _tokenFile = ClusterArguments.Text("--token-auth-file", "File with lines of token,user,uid[,\"group1,group2\"]");
    private readonly Option<string> _externalHost = ClusterArguments.Text("--external-hostname", "Host, and port, by which the world reaches this server [default: however a client did]");
    private readonly Option<string> _issuer = new("--service-account-issuer") { Description = "Who signs the tokens of service accounts, a URL", DefaultValueFactory = static _ => Defaults.Tokens.Issuer };
    private readonly Option<string> _audiences = ClusterArguments.Text("--api-audiences", "As whom the API server takes tokens, separated by commas [default: the issuer]");
    private readonly Option<TimeSpan> _longest = LimitArguments.GoTime("--service-account-max-token-expiration", "Longest life of a token; 0s for no limit", TimeSpan.Zero);
    private readonly Option<bool> _extended = Switch("--service-account-extend-token-expiration", "Tokens that pods get are good for a year, for programs that read theirs only once", Defaults.Tokens.ExtendLifetime);

    private readonly Option<string> _proxyAuthorities = ClusterArguments.Text("--requestheader-client-ca-file", "File with the authorities of proxies that may say who makes a request [default: the server's own front proxy authority]");
    private readonly Option<string> _proxyNames = ClusterArguments.Text("--requestheader-allowed-names", "Common names of these proxies, separated by commas; empty for any", Proxies.AllowedNames);
    private readonly Option<string> _userHeaders = ClusterArguments.Text("--requestheader-username-headers", "Headers in which they name the user, separated by commas", Proxies.UsernameHeaders);
    private readonly Option<string> _uidHeaders = ClusterArguments.Text("--requestheader-uid-headers", "Headers in which they tell the user's uid, separated by commas", Proxies.UidHeaders);
    private readonly Option<string> _groupHeaders = ClusterArguments.Text("--requestheader-group-headers", "Headers in which they name the user's groups, separated by commas", Proxies.GroupHeaders);
    private readonly Option<string> _extraPrefixes = ClusterArguments.Text("--requestheader-extra-headers-prefix", "Beginnings of headers in which they tell what else is known of the user, separated by commas", Proxies.ExtraHeadersPrefixes);

    public IReadOnlyList<Option> All =>
    [
        _anonymous, _tokenFile, _externalHost, _issuer, _audiences, _longest, _extended,
        _proxyAuthorities, _proxyNames, _userHeaders, _uidHeaders, _groupHeaders, _extraPrefixes,
    ];

    public SecurityOptions Of(ParseResult parsed) => new()
    {
        AllowAnonymous = parsed.GetValue(_anonymous),
        TokenFile = parsed.GetValue(_tokenFile)!,
        ExternalHost = parsed.GetValue(_externalHost)!,
        Tokens = new TokenOptions
        {
            Issuer = parsed.GetValue(_issuer)!,
            Audiences = ClusterArguments.Names(parsed.GetValue(_audiences)!).ToApiList(),
            MaximumLifetime = parsed.GetValue(_longest) is { Ticks: not 0 } longest ? longest : null,
            ExtendLifetime = parsed.GetValue(_extended),
        },
        RequestHeader = new RequestHeaderOptions
        {
            ClientCaFile = parsed.GetValue(_proxyAuthorities)!,
            AllowedNames = ClusterArguments.Names(parsed.GetValue(_proxyNames)!),
            UsernameHeaders = ClusterArguments.Names(parsed.GetValue(_userHeaders)!),
            UidHeaders = ClusterArguments.Names(parsed.GetValue(_uidHeaders)!),
            GroupHeaders = ClusterArguments.Names(parsed.GetValue(_groupHeaders)!),
            ExtraHeadersPrefixes = ClusterArguments.Names(parsed.GetValue(_extraPrefixes)!),
        },
    };

    private static Option<bool> Switch(string name, string description, bool standard) => new(name) { Description = description, DefaultValueFactory = _ => standard };
}
