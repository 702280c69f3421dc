using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Requests;

/// <summary>What the pipeline has learnt about a request; the filters fill it in, the verbs read it.</summary>
public sealed class RequestContext
{
    /// <summary>Warning headers kept per request (upstream truncates, too).</summary>
    public const int WarningsMax = 50;

    private readonly List<string> _warnings = [];

    /// <summary>Set by the request-info filter.</summary>
    public required RequestInfo Info { get; init; }

    /// <summary>Set by authentication; replaced by impersonation.</summary>
    public UserInfo User { get; set; } = new("system:anonymous") { Groups = ["system:unauthenticated"] };

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The context of a request that passed the request-info filter.</summary>
    public static RequestContext Of(HttpContext context) =>
        context.Features.Get<RequestContext>() ?? throw new InvalidOperationException("The request has not passed the request-info filter");

    /// <summary>Adds a Warning header to the answer (RFC 7234, code 299).</summary>
    public void Warn(string text)
    {
        if (_warnings.Count < WarningsMax && !_warnings.Contains(text))
        {
            _warnings.Add(text);
        }
    }
}
