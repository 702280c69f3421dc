using System.Buffers;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.InProcess;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Filters;

/// <summary>Reads what the request asks for, gives it the context that all later steps share, and tells the client by which name it is recorded.</summary>
internal sealed class RequestInfoFilter : IRequestFilter
{
    private const string AuditId = "Audit-Id";

    /// <summary>Longer names of a client's choice are not taken.</summary>
    private const int AuditIdMax = 256;

    private static readonly SearchValues<char> Visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(static code => (char)code)]);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var info = RequestInfoParser.Parse(context.Request);
        var given = context.Request.Headers[AuditId].ToString();
        var isGiven = given.Length is > 0 and <= AuditIdMax && !given.AsSpan().ContainsAnyExcept(Visible);
        var request = isGiven ? new RequestContext { Info = info, AuditId = given } : new RequestContext { Info = info };
        context.Features.Set(request);
        if (context.Features.Get<InProcessUser>() is null)
        {
            context.Response.Headers[AuditId] = request.AuditId;
        }

        return next(context);
    }
}
